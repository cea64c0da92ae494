"""What every answer tells the browser it may do with it: a page, an error, a redirect, a file.

The page store keeps these headers with its pages. Only what Granian itself answers to requests it
cannot read is without them. X-Frame-Options and Strict-Transport-Security are Django's own, from
the two middlewares behind this one.
"""

from django.conf import settings
from django.utils.cache import patch_cache_control

from editorial.addresses import without_language

SELF, NONE = "'self'", "'none'"

# Nothing comes from anywhere, but what pages need of this site
PUBLIC_POLICY = {
    "default-src": NONE,
    "script-src": SELF,
    "style-src": SELF,
    "img-src": SELF,
    "font-src": SELF,
    "manifest-src": SELF,
    "connect-src": SELF,  # a decade by theme, without loading its page anew
    "form-action": SELF,  # searching
    "base-uri": NONE,
    "frame-ancestors": NONE,
}
# A form with the rich text editor asks for more: see editorial/desk/editor.py
ADMIN_POLICY = {
    "default-src": NONE,
    "script-src": SELF,
    "style-src": SELF,
    "img-src": SELF,
    "connect-src": SELF,  # names of sections to choose from while somebody types
    "form-action": SELF,
    "base-uri": NONE,
    "frame-ancestors": NONE,
}

# A picture or a stylesheet asks for nothing itself, and a page has ten of them, on bad lines too
FILE_POLICY = {"default-src": NONE}

# What would tell of a reader or of what is around them, where a page asks a browser for it; these
# bytes come with each file of a page, too
FEATURES = ["camera", "geolocation", "microphone"]

PUBLIC = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES),
}
# Without a referrer Django would take no form over HTTPS
ADMIN = {**PUBLIC, "Referrer-Policy": "same-origin"}

# A view may set this one itself, for what pages of other sites may show
RESOURCE_POLICY = {"Cross-Origin-Resource-Policy": "same-origin"}

NAMES = {"Content-Security-Policy", *PUBLIC, *RESOURCE_POLICY}
NAMES |= {"X-Frame-Options", "Strict-Transport-Security"}


class HeadersMiddleware:
    """Stands before all others, so that what they answer has the headers, too.

    A view changes directives of the policy for its own answer with `response.csp`, a dict.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_admin = (without_language(request.path_info) or "").startswith("/admin/")
        files = settings.STATIC_URL, settings.MEDIA_URL
        is_file = request.path_info.startswith(files) and response.status_code < 400
        policy = ADMIN_POLICY if is_admin else FILE_POLICY if is_file else PUBLIC_POLICY
        policy = policy | getattr(response, "csp", {})
        # Django's own pages of faults, for who works on the code, have inline styles
        if not (settings.DEBUG and response.status_code in (404, 500)):
            response["Content-Security-Policy"] = "; ".join(map(" ".join, policy.items()))
        for name, value in (ADMIN if is_admin else PUBLIC).items():
            response[name] = value
        if is_file:
            del response["X-Frame-Options"]  # it shows no page
        for name, value in RESOURCE_POLICY.items():
            response.headers.setdefault(name, value)
        if is_admin:
            patch_cache_control(response, no_store=True)
        return response
