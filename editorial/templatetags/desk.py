"""The parts of the admin's first page that tell of all subjects."""

from django import template

from bilingual.languages import OWN_NAMES
from editorial.desk.addresses import form_address
from editorial.desk.first_page import ROWS, rows_for
from editorial.drafts import Draft
from editorial.entries import subjects
from editorial.pictures import Picture
from editorial.publishing import Publishable
from editorial.review import State, Translation
from editorial.roles import may

register = template.Library()


@register.inclusion_tag("editorial/_waiting.html", takes_context=True)
def waiting(context):
    """What waits for this person: what was handed in, for those who publish; what they began
    and did not hand in, for everybody. Four queries, and one for each subject that waits."""
    user = context["request"].user
    publishes = any(may(user, "publish", model) for model in subjects())
    handed_in = Draft.objects.handed_in() if publishes else Draft.objects.none()
    begun = Draft.objects.filter(author=user, handed_in_at=None, publish_at=None)
    return {
        "publishes": publishes,
        "may_view": publishes or any(may(user, "translate", model) for model in subjects()),
        "handed_in": linked(handed_in),
        "more": max(0, handed_in.count() - ROWS),
        "begun": linked(begun.order_by("-saved_at")),
    }


def linked(drafts):
    """The first of some drafts, each with the address of its entry's form."""
    rows = list(drafts.select_related("author").prefetch_related("entry")[:ROWS])
    for draft in rows:
        draft.form_address = form_address(draft.entry)
    return rows


@register.inclusion_tag("editorial/_translations.html", takes_context=True)
def translations_to_do(context):
    """For each language translated to, how many texts are in each state. One query."""
    user = context["request"].user
    if not any(may(user, "translate", model) for model in subjects()):
        return {}
    return {
        "may_view": True,
        "languages": [progress(row) for row in Translation.objects.progress()],
    }


def progress(counts):
    """The counts of one language, and how wide each is in a picture 100 units wide."""
    total = sum(counts[state] for state in State) or 1
    bars, x = [], 0
    for state in (State.RIGHT, State.UNREVIEWED, State.STALE, State.MISSING):
        width = 100 * counts[state] / total
        bars.append({"state": state, "count": counts[state], "x": x, "width": width})
        x += width
    return {
        "code": counts["language"],
        "name": OWN_NAMES[counts["language"]],
        "bars": bars,
        "percent": 100 * counts[State.RIGHT] // total,
    }


@register.inclusion_tag("editorial/_scheduled.html", takes_context=True)
def scheduled(context):
    """The next entries of all subjects that come due, and changes of entries. Two queries a
    subject, and three."""
    models = [model for model in subjects() if issubclass(model, Publishable)]
    shown = [rows_for(context["request"], model) for model in models]
    to_come = [rows.scheduled().order_by("published_at") for rows in shown if rows is not None]
    if not to_come:
        return {}
    changes = Draft.objects.exclude(publish_at=None).order_by("publish_at")
    rows = [scheduled_entry(entry) for rows in to_come for entry in rows[:ROWS]]
    rows += [
        {
            "at": draft.publish_at,
            "address": draft.form_address,
            "name": draft.entry,
            "subject": draft.part,
        }
        for draft in linked(changes)
    ]
    rows = sorted(rows, key=lambda row: row["at"])[:ROWS]
    total = sum(rows.count() for rows in to_come) + changes.count()
    return {"may_view": True, "rows": rows, "more": total - len(rows)}


def scheduled_entry(entry):
    return {
        "at": entry.published_at,
        "address": form_address(entry),
        "name": entry,
        "subject": entry._meta.verbose_name,
    }


@register.inclusion_tag("editorial/_pictures_to_review.html", takes_context=True)
def pictures_to_review(context):
    """Pictures of people that somebody has to look at again. Two queries."""
    pictures = rows_for(context["request"], Picture)
    if pictures is None:
        return {}
    due = pictures.to_review()
    rows = [{"picture": row, "address": form_address(row)} for row in due[:ROWS]]
    return {"may_view": True, "rows": rows, "more": due.count() - len(rows)}
