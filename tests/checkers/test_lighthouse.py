"""Lighthouse, as it looks at a phone, finds nothing to mend. Times are no matter of tests."""

import pytest

from tests.browser import CHROMIUM
from tests.checkers import HAS_LIGHTHOUSE
from tests.checkers.lighthouse import WHOLE, ask

# Templates and languages in turn, for it takes its time; script/lighthouse looks at all of them
PATHS = [
    "/mn/",
    "/en/history/1960s/",
    "/mn/campaigns/panic-button/",
    "/en/sections/mongolia/2015/",
    "/mn/privacy/",
]


@pytest.mark.skipif(
    not (HAS_LIGHTHOUSE and CHROMIUM),
    reason="no Lighthouse; on Debian: apt-get install chromium npm, then script/checkers",
)
def test_pages_have_a_hundred(site):
    urls = [site.url + path for path in PATHS]

    hundred = dict.fromkeys(WHOLE, 100)
    assert list(ask(urls, WHOLE)) == [{"url": url, "scores": hundred, "faults": []} for url in urls]
