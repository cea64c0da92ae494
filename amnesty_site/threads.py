"""One theme through time: what happened, what was achieved, what is campaigned for."""

from django.utils.translation import gettext as _

from campaigns.models import Campaign
from editorial.years import by_year


def thread(theme, user):
    """Everything of a theme that `user` may see, in order: pairs of a time and a list of its pairs
    of a kind and an entry. Three queries.

    A time is a year, then the archive, then today: nobody has written down when a campaign began.
    """
    events = theme.events.visible_to(user).for_lists()
    achievements = theme.achievements.visible_to(user).select_related("section")
    campaigns = list(theme.campaigns.visible_to(user))
    dated = sorted([*events, *achievements], key=place_in_time)
    times = [
        *by_year(dated),
        (_("Archive"), [campaign for campaign in campaigns if campaign.retired]),
        (_("Today"), [campaign for campaign in campaigns if not campaign.retired]),
    ]
    return [
        (time, [(kind(entry), entry) for entry in entries]) for time, entries in times if entries
    ]


def place_in_time(entry):
    """A key to sort by: what is known by its month alone comes after the days of that month, and
    what is known by its year alone at the end of the year."""
    return entry.year, getattr(entry, "month", None) or 13, getattr(entry, "day", None) or 32


def kind(entry):
    """What an entry is, in the reader's word: "event", "achievement", "programme"."""
    return entry.get_kind_display() if isinstance(entry, Campaign) else entry._meta.verbose_name
