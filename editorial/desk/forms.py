"""The form of an entry: two people may have it open, and one of them decides what is public."""

import json

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from bilingual.languages import OWN_NAMES
from bilingual.translations import languages
from editorial import drafts, values
from editorial.compare import marked
from editorial.drafts import Draft
from editorial.history import Version
from editorial.publishing import Status
from editorial.values import REST


def digests(written):
    """A short digest of each value, by name: enough to see later which of them have changed."""
    return {name: digest(value) for name, value in written.items()}


def digest(value):
    if isinstance(value, str):
        # The editor writes a paragraph into each list item
        value = value.replace("<li><p>", "<li>").replace("</p></li>", "</li>")
    return values.digest(value)


def seen_in(data):
    """The digests a form was opened with, by name, as it sends them back; of nonsense none."""
    try:
        return dict(json.loads(data.get("seen") or "{}"))
    except (ValueError, TypeError, RecursionError):
        return {}


class SharedForm(forms.ModelForm):
    """A form that somebody else may have open too. What both changed is refused and shown; what
    the other alone changed is taken over. A saved instance has its `working` values."""

    seen = forms.CharField(required=False, label="", widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.working = {}
        if self.instance.pk:
            self.working = self.instance.working
            self.initial |= {
                name: self.working[name]
                for name, field in values.fields(type(self.instance)).items()
                if field.many_to_many
            }
        self.initial["seen"] = json.dumps(digests(self.working))

    def written(self):
        """The values of the fields this form has, as typed and cleaned."""
        names = values.fields(type(self.instance))
        return {
            name: sorted(row.pk for row in self.cleaned_data[name])
            if field.many_to_many
            else values.read_field(field, self.instance)
            for name, field in names.items()
            if name in self.cleaned_data
        }

    def _post_clean(self):
        super()._post_clean()
        if self.instance.pk:
            self.join_with_others()

    def join_with_others(self):
        """Takes over what others saved since this form was opened, and refuses to undo it."""
        seen = seen_in(self.data)
        written, now = self.written(), digests(self.working)
        newer = {name for name in written if name in seen and seen[name] != now[name]}
        mine = {name for name in newer if digest(written[name]) not in (seen[name], now[name])}
        for name in newer - mine:
            self.take_over(name)
        for name in mine:
            self.add_error(name, conflict(self.instance, name, written[name]))
        if mine:
            self.shows(mine)

    def shows(self, names):
        """The page tells what others wrote there: who saves again has seen it."""
        self.data = self.data.copy()
        shown = {name: digest(self.working[name]) for name in names}
        self.data["seen"] = json.dumps(seen_in(self.data) | shown)

    def take_over(self, name):
        field = values.fields(type(self.instance))[name]
        if field.many_to_many:
            self.cleaned_data[name] = field.related_model.objects.filter(pk__in=self.working[name])
        else:
            values.assign(self.instance, {name: self.working[name]})


def conflict(entry, name, written):
    """What to tell somebody who would undo what another wrote: who, when, and both compared."""
    who, when = last_change(entry)
    theirs = values.shown(type(entry), name, entry.working[name])
    told = _(
        "%(who)s saved something else here at %(when)s, after you had opened this page. "
        "Marked is how yours differs from it:"
    ) % {"who": who or _("Somebody"), "when": localize(timezone.localtime(when))}
    advice = _("Write here what is right of both, and save again.")
    difference = marked(theirs, values.shown(type(entry), name, written))
    html = '{} <span class="difference">{}</span> {}'
    return ValidationError(format_html(html, told, difference, advice))


def last_change(entry):
    """Who changed an entry or its drafts last, and when."""
    changes = [(row.saved_at, row.user) for row in Version.objects.of(entry)[:1]]
    changes += [(row.saved_at, row.author) for row in Draft.objects.of(entry)]
    when, who = max(changes, key=lambda change: change[0])
    return who, when


class NamedDateTime(AdminSplitDateTime):
    """Tells people who cannot see the words beside its two fields which is which."""

    def get_context(self, *args):
        context = super().get_context(*args)
        names = context["date_label"], context["time_label"]
        for part, name in zip(context["widget"]["subwidgets"], names, strict=True):
            part["attrs"]["aria-label"] = name
        return context


class EntryForm(SharedForm):
    """The form of a whole entry, with what a publisher decides."""

    minor_edit = forms.BooleanField(
        label=_("Small correction"),
        required=False,
        help_text=_(
            "The meaning is the same: a comma, a slip of the pen. The translation stays right."
        ),
    )
    public = forms.MultipleChoiceField(
        label=_("Languages to publish"),
        required=False,
        choices=OWN_NAMES.items(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The other language is not touched: what is written in it waits as a draft."),
    )
    publish_at = forms.SplitDateTimeField(
        label=_("Publish at"),
        required=False,
        widget=NamedDateTime,
        help_text=_("Ulaanbaatar time. Left empty: as soon as you press “Save and publish”."),
    )
    decisions = ["public", "publish_at"]
    # Set by the admin, on the class it makes for a request
    decides = False  # whether somebody may publish
    deleted = ""  # what to say of the entry whose form this was

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source_language"].required = False
        self.initial.setdefault("public", languages())
        if self.instance.pk:
            source = Draft.objects.of(self.instance).filter(language=self.instance.source_language)
            self.initial["minor_edit"] = any(draft.is_minor for draft in source)
        if is_scheduled(self.instance):
            self.initial["publish_at"] = self.instance.published_at
        if self.instance.pk and not self.instance.is_approved:
            self.initial["public"] = self.languages_with_texts() or languages()
        if not self.decides:
            for name in self.decisions:
                del self.fields[name]

    def clean_source_language(self):
        return self.cleaned_data["source_language"] or self.instance.source_language

    def languages_with_texts(self):
        parts = values.parts(type(self.instance))
        return [
            code
            for code in languages()
            if any(self.working[name] for name, part in parts.items() if part == code)
        ]

    @property
    def publishes(self):
        return self.decides and "_publish" in self.data

    def decision(self):
        """What is to become of what was written, as `drafts.keep` takes it."""
        at = self.cleaned_data.get("publish_at") if self.publishes else None
        return {
            "public": {*self.cleaned_data["public"], REST} if self.publishes else (),
            "at": at if at and at > timezone.now() else None,
            "hand_in": "_hand_in" in self.data,
            "is_minor": self.cleaned_data["minor_edit"],
        }

    def keep(self, row, rows=()):
        """Has the drafts take over what was written, and `rows` beside the form, by name."""
        wanted, decision = self.written() | dict(rows), self.decision()
        if self.publishes and is_scheduled(row):
            # No reader sees it yet: its texts need not wait, only the time is another
            wanted["published_at"] = (decision["at"] or timezone.now()).isoformat()
            decision["at"] = None
        drafts.keep(row, wanted, **decision)

    def clean(self):
        super().clean()
        if self.deleted:
            self.add_error(None, self.deleted)
        if self.publishes and not self.cleaned_data.get("public"):
            self.add_error("public", _("Choose at least one language to publish."))

    def _post_clean(self):
        super()._post_clean()
        if self.publishes and not self.errors:
            self.try_publishing()

    def try_publishing(self):
        """Publishes and takes it back: one language alone may break a rule that both keep."""
        try:
            with transaction.atomic():
                self.publish()
                transaction.set_rollback(True)
        except ValidationError as error:
            self.add_error(None, error)

    def publish(self):
        if self.instance.pk:
            row = type(self.instance)._default_manager.get(pk=self.instance.pk)
        else:
            row = type(self.instance)()
            values.assign(row, self.written())
            row.save()
        self.keep(row)


def is_scheduled(entry):
    return getattr(entry, "status", None) == Status.SCHEDULED
