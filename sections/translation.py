from modeltranslation.translator import TranslationOptions, register

from sections.models import Achievement, Section


@register(Section)
class SectionTranslation(TranslationOptions):
    fields = ["name", "country", "introduction", "sort_key"]


@register(Achievement)
class AchievementTranslation(TranslationOptions):
    fields = ["text", "unit", "figure_label", "sort_key"]
