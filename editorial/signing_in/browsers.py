"""The tries of a browser that was signed in to an account before are counted apart, so that who
tries passwords from elsewhere cannot keep out its owner.

The browser keeps a signed note of that; the site keeps nothing about it.
"""

from secrets import token_hex

from django.conf import settings

from editorial.signing_in.tries import keyed

COOKIE = f"{settings.COOKIE_PREFIX}signed-in-before"
SECONDS = 365 * 24 * 3600


def mark_of(request, name):
    """The mark of this browser, if it was signed in to the account of that name; else ""."""
    kept = request.get_signed_cookie(COOKIE, default="", max_age=SECONDS)
    account, _colon, mark = kept.partition(":")
    return mark if account == keyed(name) else ""


def remember(response, name):
    response.set_signed_cookie(
        COOKIE,
        f"{keyed(name)}:{token_hex(16)}",
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
