from django.apps import AppConfig
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate, pre_migrate
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Editorial")

    def ready(self):
        from editorial.entries import follow_links
        from editorial.generation import watch_content
        from editorial.search_server import follow_texts
        from editorial.searching import follow_entries
        from editorial.triggers import drop_all
        from editorial.years import YearConverter

        register_converter(YearConverter, "year")
        pre_migrate.connect(drop_all, sender=self)
        post_migrate.connect(watch_content, sender=self)
        post_migrate.connect(complete, sender=self)
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


def complete(using, plan=None, **kwargs):
    """Gives a database what every row is to have beside it. Runs after each migration; one that
    was taken only a part of the way, or back, lacks tables and columns that this would ask for."""
    from editorial.entries import begin
    from editorial.roles import keep_roles
    from editorial.searching import index_missing

    if plan is not None:  # nobody flushes a database that lacks something
        executor = MigrationExecutor(connections[using])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
    for work in (begin, index_missing, keep_roles):
        work(using=using)
