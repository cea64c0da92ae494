"""Django's admin, with a second factor and with tries that are counted."""

from django.contrib.admin import AdminSite
from django.contrib.auth.views import PasswordChangeView
from django.urls import path, reverse

from editorial.signing_in import browsers, sessions, views
from editorial.signing_in.forms import OwnPasswordForm, SignInForm


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
            sessions.note_due(request)
            request.session.clear_expired()  # whose end nobody else notices
            browsers.remember(response, request.user.get_username())
        return response

    def password_change(self, request, extra_context=None):
        return PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done"),
            extra_context=self.each_context(request) | (extra_context or {}),
        )(request)
