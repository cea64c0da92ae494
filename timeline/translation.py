from modeltranslation.translator import TranslationOptions, register

from timeline.models import Decade, TimelineEvent


@register(Decade)
class DecadeTranslation(TranslationOptions):
    fields = ["label", "line", "introduction"]


@register(TimelineEvent)
class TimelineEventTranslation(TranslationOptions):
    fields = ["title", "body", "date_text", "sort_key"]
