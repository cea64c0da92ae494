"""An entry was deleted while somebody had its form open: what they typed can become a new one."""

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _


class DeletedMixin:
    """For the admin of an entry, whose forms know `deleted`."""

    def get_form(self, request, *args, **kwargs):
        form = super().get_form(request, *args, **kwargs)
        form.deleted = getattr(request, "deleted", "")
        return form

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """What Django answers when an entry is gone: to a form, the form once more, as of a new
        entry, with all that was typed."""
        is_form = request.method == "POST" and request.resolver_match.url_name.endswith("_change")
        if not is_form or not self.has_add_permission(request):
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        request.deleted = deletion(self.model, object_id)
        return self._changeform_view(request, None, reverse(admin_urlname(opts, "add")), None)


def deletion(model, key):
    """A sentence that says who deleted an entry and when, and what to do now."""
    kind = ContentType.objects.get_for_model(model)
    logged = LogEntry.objects.filter(content_type=kind, object_id=key, action_flag=DELETION)
    last = logged.select_related("user").order_by("-action_time").first()
    advice = _("What you typed is kept below. Saved once more, it becomes a new entry.")
    told = _("This was deleted after you had opened it.")
    if last:
        told = _("%(who)s deleted this at %(when)s, after you had opened it.") % {
            "who": last.user,
            "when": localize(timezone.localtime(last.action_time)),
        }
    return f"{told} {advice}"
