"""Columns of lists in the admin."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bilingual.languages import SHORT_NAMES
from editorial.review import State

# What a column says of a language that is not done, with the class of its dot
SAID = {
    State.MISSING: _("%(language)s missing"),
    State.STALE: _("%(language)s out of date"),
    State.UNREVIEWED: _("%(language)s to review"),
}


def yes_or_no(field, description):
    """A column that says yes or no; Django's own picture is called "True" in every language."""

    @admin.display(description=description, ordering=field)
    def column(model_admin, row):
        return gettext("Yes") if getattr(row, field) else gettext("No")

    return column


@admin.display(description=_("languages"))
def translations(model_admin, entry):
    """A dot for each language, filled when all is right in it."""
    missing = entry.missing_languages()
    marks = [language_mark(entry, code, name, missing) for code, name in SHORT_NAMES.items()]
    return format_html(
        '<span class="translation-status">{}</span>',
        format_html_join(" ", '<span class="translation-status__{}">{}</span>', marks),
    )


def language_mark(entry, code, name, missing):
    """The class and the words for one language of an entry."""
    state = State.MISSING if code in missing else State.RIGHT
    if state == State.RIGHT and code == entry.translation.language:
        state = entry.translation.state()
    return ("done", name) if state == State.RIGHT else (state, SAID[state] % {"language": name})


@admin.display(description=_("status"), ordering="published_at")
def status(model_admin, entry):
    """What readers see of it, and what waits beside that."""
    said = [entry.status.label] if hasattr(entry, "status") else []
    if any(draft.publish_at for draft in entry.draft_list):
        said.append(_("change scheduled"))
    elif any(draft.handed_in_at for draft in entry.draft_list):
        said.append(_("waits for a publisher"))
    elif entry.draft_list:
        said.append(_("change begun"))
    return ", ".join(map(str, said))
