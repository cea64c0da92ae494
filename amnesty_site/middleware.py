from django.core.exceptions import BadRequest

from amnesty_site import views

DATABASE_GONE = "amnesty_site.database_gone"  # in the environment of a request


class DatabaseGoneMiddleware:
    """Says so at once where the page store knows it; asking would take seconds."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.META.get(DATABASE_GONE):
            return views.database_gone(request)
        return self.get_response(request)


class UnreadableMiddleware:
    """Refuses an address or a cookie with a NUL: no text has one, and PostgreSQL takes none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if any("\0" in text for text in (request.path_info, *request.COOKIES.values())):
            raise BadRequest("A NUL stands in the address or in a cookie.")
        return self.get_response(request)
