"""What staff do with several entries at once. An action changes each, with a line in its log."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from bilingual.languages import ENGLISH_NAMES
from bilingual.translations import languages
from editorial import drafts
from editorial.entries import lock
from editorial.review import Translation
from editorial.values import REST


class EntryActions:
    """For every subject: `EntryAdmin` and `BilingualAdmin` offer these."""

    def each(self, request, entries, change, said):
        """Calls `change` with every entry; returns how many it did not refuse with a
        ValidationError, which is told. `said` is what the log says, in English."""
        done = 0
        for entry in entries:
            try:
                with transaction.atomic():
                    row = lock(self.model, entry.pk)
                    if row is None:
                        continue
                    change(row)
            except ValidationError as error:
                text = f"{entry}: {' '.join(error.messages)}"
                self.message_user(request, text, messages.ERROR)
                continue
            self.log_change(request, entry, said)
            done += 1
        return done

    def change_each(self, request, entries, **values):
        """Sets the values on every entry; returns how many."""

        def change(entry):
            for field, value in values.items():
                setattr(entry, field, value)
            entry.save()

        with override(None):  # the log keeps English names and translates them when it is read
            labels = [str(self.model._meta.get_field(name).verbose_name) for name in values]
        return self.each(request, entries, change, [{"changed": {"fields": labels}}])

    @admin.action(
        description=_("The translations of the chosen entries are right"), permissions=["translate"]
    )
    def approve_translation(self, request, queryset):
        waiting = [entry for entry in queryset if Translation.objects.for_entry(entry).approve()]
        for entry in waiting:
            self.log_change(request, entry, "Approved the translation.")
        text = ngettext("%(n)s translation approved.", "%(n)s translations approved.", len(waiting))
        self.message_user(request, text % {"n": len(waiting)}, messages.SUCCESS)

    @admin.action(description=_("Publish the chosen entries now"), permissions=["publish"])
    def publish(self, request, queryset):
        self.publish_each(request, queryset, languages())

    def publish_each(self, request, queryset, chosen):
        entries = [entry for entry in queryset if drafts.is_to_publish(entry, chosen)]
        now = timezone.now().isoformat()

        def change(entry):
            opens = {} if getattr(entry, "is_published", True) else {"published_at": now}
            drafts.keep(entry, opens, {*chosen, REST})

        count = self.each(request, entries, change, "Published.")
        text = ngettext("%(n)s entry published.", "%(n)s entries published.", count)
        self.message_user(request, text % {"n": count}, messages.SUCCESS)

    @admin.action(description=_("Publish their English alone"), permissions=["publish"])
    def publish_en(self, request, queryset):
        self.publish_each(request, queryset, ["en"])

    @admin.action(description=_("Publish their Mongolian alone"), permissions=["publish"])
    def publish_mn(self, request, queryset):
        self.publish_each(request, queryset, ["mn"])

    @admin.action(description=_("Make the chosen entries drafts again"), permissions=["publish"])
    def unpublish(self, request, queryset):
        entries = queryset.exclude(published_at=None)
        count = self.each(request, entries, drafts.unpublish, "Made a draft again.")
        text = ngettext("%(n)s entry is a draft now.", "%(n)s entries are drafts now.", count)
        self.message_user(request, text % {"n": count}, messages.SUCCESS)

    # Buttons of the form of one entry

    def button_discard(self, request, entry):
        """Throws away what waits beside an entry: whoever may publish, or wrote all of it."""
        waiting = drafts.Draft.objects.of(entry)
        if not self.has_publish_permission(request) and waiting.exclude(author=request.user):
            raise PermissionDenied
        waiting.delete()
        self.log_change(request, entry, "Threw away what was waiting.")
        messages.success(request, _("What was waiting is thrown away; the published text stays."))

    def button_unpublish(self, request, entry):
        self.take_off(request, entry, None)

    def button_unpublish_en(self, request, entry):
        self.take_off(request, entry, "en")

    def button_unpublish_mn(self, request, entry):
        self.take_off(request, entry, "mn")

    def take_off(self, request, entry, language):
        """Takes an entry off the site, or its texts in one language."""
        if not self.has_publish_permission(request):
            raise PermissionDenied
        try:
            with transaction.atomic():
                drafts.unpublish(entry, language)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return
        what = f"the {ENGLISH_NAMES[language]} texts" if language else "it"
        self.log_change(request, entry, f"Took {what} off the site.")
        messages.success(request, _("Taken off the site. What it says is kept here as a draft."))
