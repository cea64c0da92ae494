from modeltranslation.translator import TranslationOptions, register

from editorial.models import Theme


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ["name"]
