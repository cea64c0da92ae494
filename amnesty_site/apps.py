from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The roof: it has no tables, only what joins the subjects."""

    name = "amnesty_site"
