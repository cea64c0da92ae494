from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Editorial")

    def ready(self):
        from editorial.entries import begin, follow_links
        from editorial.generation import watch_content
        from editorial.roles import keep_roles
        from editorial.search_server import follow_texts
        from editorial.searching import follow_entries, index_missing
        from editorial.years import YearConverter

        register_converter(YearConverter, "year")
        for work in (watch_content, begin, index_missing, keep_roles):
            post_migrate.connect(work, sender=self)
        follow_links()
        follow_entries()
        follow_texts()
        self.name_links_to_themes()

    def name_links_to_themes(self):
        """Django names the rows between entries and themes, in English, "Event_themes object"."""
        for relation in self.get_model("Theme")._meta.get_fields():
            if relation.many_to_many:
                link = relation.through
                link._meta.verbose_name = _("link to a theme")
                link._meta.verbose_name_plural = _("links to themes")
                link.__str__ = lambda row: str(row.theme)
