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
