from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _


class SigningInConfig(AppConfig):
    """An app of its own within the ground, so that no try to sign in makes a public page anew."""

    default = True
    name = "editorial.signing_in"
    verbose_name = _("Signing in")

    def ready(self):
        from editorial.signing_in.sessions import watch_sign_ins

        watch_sign_ins()


class StaffAdminConfig(admin.AdminConfig):
    """Django's admin, with the site of ours: stands in its place in INSTALLED_APPS."""

    default = False
    default_site = "editorial.signing_in.site.StaffSite"
