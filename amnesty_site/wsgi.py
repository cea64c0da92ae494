"""What the WSGI server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amnesty_site.settings")

django_application = get_wsgi_application()

# They need Django to be ready
from django.db import connection  # noqa: E402

from amnesty_site.page_store import PageStore  # noqa: E402

if connection.vendor == "postgresql":
    from amnesty_site.postgres_waiting import limit_waiting

    limit_waiting()
application = PageStore(django_application)
