from django.conf import settings


def site(request):
    """What every page's frame needs, without a query."""
    return {"section_slug": settings.SECTION}
