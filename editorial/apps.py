from django.apps import AppConfig
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Editorial")

    def ready(self):
        from editorial.years import YearConverter

        register_converter(YearConverter, "year")
