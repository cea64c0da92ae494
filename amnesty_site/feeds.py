"""The feed of each language: what was published last, and what says something else since."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amnesty_site.public_entries import SUBJECTS, absolute, name, shown, story, visible
from editorial.models import Page
from editorial.public_page import public_document

NEWEST = 30


class News(Feed):
    """An entry comes when it is published in this language, and again when it says something else
    there; a comma brings none back, and what is not translated is not in it. A query for each
    subject."""

    feed_type = Atom1Feed

    def title(self):
        return _("Amnesty International Mongolia")

    author_name = title

    def subtitle(self):
        return _("What is new in the history, the campaigns and the work in Mongolia.")

    def feed_copyright(self):
        return _("Text may be reused with credit.")

    # Whole addresses, else Django takes the host of whoever asks first
    def link(self):
        return absolute(reverse("home"))

    def feed_url(self):
        return absolute(reverse("feed"))

    def items(self):
        told = f"told_{get_language()}"
        found = []
        for subject in SUBJECTS.values():
            entries = shown(subject).exclude(**{told: None}).order_by(f"-{told}", "-pk")
            if subject.model is Page:
                entries = entries.exclude(slug=Page.HOME)  # no page of its own to read
            found += [(subject, entry) for entry in entries[:NEWEST]]
        return sorted(found, key=self.item_updateddate, reverse=True)[:NEWEST]

    def item_title(self, item):
        return visible(name(*item, get_language()))

    def item_description(self, item):
        text = story(*item, get_language())
        return text and visible(text)

    def item_link(self, item):
        return absolute(item[1].get_absolute_url())

    def item_guid(self, item):
        """The same for as long as the entry is there, whatever address it has (RFC 4151)."""
        _subject, entry = item
        host = urlsplit(settings.SITE_URL).hostname
        return f"tag:{host},2026:{get_language()}:{entry._meta.label_lower}:{entry.pk}"

    def item_pubdate(self, item):
        return item[1].published_at

    def item_updateddate(self, item):
        return getattr(item[1], f"told_{get_language()}")


feed = public_document(News())
