from django import template
from django.conf import settings

from amnesty_site import share

register = template.Library()


@register.inclusion_tag("includes/_share_picture.html")
def share_picture(title, year=""):
    """Names the picture that goes with a link to this page. It is drawn when it is asked for."""
    title = share.one_line(title)
    path = share.address(title, year)
    return {
        "address": settings.SITE_URL + path,
        "width": share.WIDTH,
        "height": share.HEIGHT,
        "title": title,
        "year": year,
    }
