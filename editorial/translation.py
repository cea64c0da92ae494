from modeltranslation.translator import TranslationOptions, register

from editorial.models import Page, Theme


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ["name", "sort_key"]


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ["title", "line", "body", "sort_key"]
