"""Django's admin, with a second factor and with tries that are counted."""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.views import PasswordChangeView
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import ngettext

from editorial.signing_in import browsers, sessions, views
from editorial.signing_in.forms import OwnPasswordForm, SignInForm
from editorial.signing_in.tries import Tries


class StaffSite(AdminSite):
    login_form = SignInForm

    def get_urls(self):
        pages = [
            ("second-factor/", views.second_factor, "second_factor"),
            ("second-factor/code.svg", views.picture, "second_factor_qr"),
        ]
        own = [path(route, self.admin_view(view), name=name) for route, view, name in pages]
        return [*own, *super().get_urls()]

    def login(self, request, extra_context=None):
        response = super().login(request, extra_context)
        if request.method == "POST" and response.status_code == 302:  # somebody is signed in
            name = request.user.get_username()
            sessions.note_due(request)
            request.session.clear_expired()  # whose end nobody else notices
            Tries.objects.tidy(timezone.now())
            browsers.remember(response, name)
            if tried := Tries.objects.elsewhere(name):
                messages.warning(request, others_tried(tried))
        return response

    def password_change(self, request, extra_context=None):
        return PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done"),
            extra_context=self.each_context(request) | (extra_context or {}),
        )(request)


def others_tried(count):
    text = ngettext(
        "In another browser, %(n)s try to sign in with your name was wrong within the last hour. "
        "If it was not yours, tell an administrator.",
        "In another browser, %(n)s tries to sign in with your name were wrong within the last "
        "hour. If they were not yours, tell an administrator.",
        count,
    )
    return text % {"n": count}
