"""The site at the moment of the pictures: whoever serves it from here asks that clock."""

import time_machine

from tests.handbook import NOW

time_machine.travel(NOW).start()

from amnesty_site.wsgi import application  # noqa: E402, F401  the clock was to stand first
