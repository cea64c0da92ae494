from django.conf import settings


def site(request):
    """What every page's frame needs, without a query."""
    saves_data = request.headers.get("Save-Data", "").lower() == "on"
    return {"section_slug": settings.SECTION, "saves_data": saves_data}
