from modeltranslation.translator import TranslationOptions, register

from editorial.models import Page, Picture, Theme


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ["name", "sort_key"]


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ["title", "line", "body", "sort_key"]


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ["alt", "caption", "credit", "sort_key"]
