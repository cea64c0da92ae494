"""People who are made up, and what they did at the desk before the pictures are taken."""

from datetime import timedelta

import time_machine

from campaigns.models import Campaign
from editorial.history import Version
from editorial.review import Translation
from tests.desk import Desk
from tests.handbook import NOW
from tests.signing_in import add_second_factor
from timeline.models import TimelineEvent
from visitors.models import VisitorDay

PEOPLE = {"saran": "editor", "ganaa": "editor", "tuya": "translator", "bold": "publisher"}
BOTH = {"button": "_publish", "public": ["en", "mn"]}

# What the pictures show, by the slugs of events
STALE = "first-candle"
WAITING = "first-international-meeting"
REWRITTEN = "threes-network"
SHARED = "name-and-new-groups"


class Story:
    def __init__(self):
        self.desks = {name: Desk(role, name=name) for name, role in PEOPLE.items()}
        # Who publishes has a second factor; these codes sign in, once each
        self.codes = {"bold": add_second_factor(self.desks["bold"].user)}
        self.write_and_publish()
        self.hand_in_and_begin()
        self.check_a_notice()
        self.count_visitors()

    def save(self, who, minutes_ago, slug, button="_save", **changes):
        with time_machine.travel(NOW - timedelta(minutes=minutes_ago), tick=False):
            answer = self.desks[who].save(event(slug), button, **changes)
        assert answer.status_code == 302, answer.context["errors"]

    def write_and_publish(self):
        titles = ["Every group took on three prisoners", "Each group adopted three prisoners"]
        for minutes_ago, title in zip([2900, 1500], titles, strict=True):
            self.save("bold", minutes_ago, REWRITTEN, title_en=title, **BOTH)
        title = "The first candle was lit in a London church"
        self.save("bold", 1400, STALE, title_en=title, **BOTH)
        later = {"publish_at_0": "2026-03-10", "publish_at_1": "09:00"}
        title = "Amnesty International sent its first mission"
        self.save("bold", 60, "first-research-trip", title_en=title, **BOTH, **later)

    def hand_in_and_begin(self):
        titles = {
            "title_en": "Delegates from seven countries founded a lasting movement",
            "title_mn": "Долоон орны төлөөлөгчид байнгын хөдөлгөөн үүсгэв",
        }
        self.save("saran", 95, WAITING, "_hand_in", **titles)
        self.save("bold", 70, "first-annual-report", title_en="The first report of a year")

    def check_a_notice(self):
        notice = Campaign.objects.get(slug="panic-button")
        notice.retired, notice.checked_on = False, NOW.date() - timedelta(days=30)
        notice.check_by = NOW.date() + timedelta(days=7)
        notice.save()

    def count_visitors(self):
        for days_ago in range(30):
            day = NOW.date() - timedelta(days=days_ago)
            VisitorDay.objects.update_or_create(
                day=day, defaults={"visits": 40 + days_ago * 37 % 53}
            )

    def two_people(self, page):
        """Somebody else saves what is open on this page; then it is saved, and tells of that."""
        self.save("ganaa", 5, SHARED, title_en="Amnesty International got a name")
        page.fill("#id_title_en", "The organisation got its name")
        page.click("[name=_save] >> nth=0")
        page.wait_for_selector(".errorlist .difference")
        self.desks["ganaa"].send(event(SHARED), {}, "_discard")


def event(slug):
    return TimelineEvent.objects.get(slug=slug)


def form(slug):
    return f"timeline/timelineevent/{event(slug).pk}/change/"


def translation(slug):
    return f"editorial/translation/{Translation.objects.for_entry(event(slug)).pk}/change/"


def earlier_version(slug):
    version = Version.objects.of(event(slug))[1]
    return f"timeline/timelineevent/{version.object_id}/history/{version.pk}/"
