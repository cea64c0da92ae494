from functools import cache, partial, wraps

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from modeltranslation import manager


class BilingualConfig(AppConfig):
    name = "bilingual"
    verbose_name = _("Languages")

    def ready(self):
        manager.multilingual_queryset_factory = one_class_each(
            manager.multilingual_queryset_factory
        )


def one_class_each(make):
    """modeltranslation makes a class anew for each queryset, which takes longer than all the rest
    of it, and each new class makes Python forget what it has learnt of the others."""
    made = cache(partial(make, instantiate=False))

    @wraps(make)  # a queryset is pickled with this name
    def find(base, instantiate=True):
        return made(base)() if instantiate else made(base)

    return find
