from modeltranslation.translator import TranslationOptions, register

from campaigns.models import Campaign


@register(Campaign)
class CampaignTranslation(TranslationOptions):
    fields = [
        "title",
        "strapline",
        "body",
        "asks",
        "retired_reason",
        "picture_alt",
        "picture_credit",
        "sort_key",
    ]
