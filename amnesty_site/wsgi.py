"""What the WSGI server runs."""

import gc
import os

# While all this loads there is no garbage, and the search for it takes a tenth of the time
gc.disable()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amnesty_site.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402

django_application = get_wsgi_application()

# They need Django to be ready
from django.db import connection  # noqa: E402

from amnesty_site.page_store import PageStore  # noqa: E402

if connection.vendor == "postgresql":
    from amnesty_site.postgres_waiting import limit_waiting

    limit_waiting()
application = PageStore(django_application)

# What is loaded by now stays: no later search has to go through it again
gc.freeze()
gc.enable()
