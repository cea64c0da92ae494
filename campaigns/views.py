from django.db.models import F
from django.http import Http404
from django.shortcuts import render

from campaigns.models import Campaign
from editorial.models import sharing_themes, with_themes
from editorial.pictures import with_pictures
from editorial.public_page import public_page

RELATED = 6  # as many as the design has room for


@public_page
def campaign_list(request):
    campaigns = with_pictures(Campaign.objects.visible_to(request.user))
    return render(request, "campaigns/campaign_list.html", {"campaigns": campaigns})


@public_page
def campaign_detail(request, slug):
    campaigns = with_pictures(with_themes(Campaign.objects.visible_to(request.user)))
    place = next((i for i, campaign in enumerate(campaigns) if campaign.slug == slug), None)
    if place is None:
        raise Http404
    context = {
        "campaign": campaigns[place],
        "history": sharing_themes(campaigns[place], "events", request.user)[:RELATED],
        "achievements": sharing_themes(campaigns[place], "achievements", request.user)
        .select_related("section")
        .order_by(F("highlight").asc(nulls_last=True), "-year", "order")[:RELATED],
        "previous": campaigns[place - 1] if len(campaigns) > 1 else None,
        "next": campaigns[(place + 1) % len(campaigns)] if len(campaigns) > 1 else None,
    }
    return render(request, "campaigns/campaign_detail.html", context)
