"""The map of the site is valid by the schema of sitemaps.org itself."""

import pytest
from lxml import etree

from tests.answers import get
from tests.checkers import SITEMAP_SCHEMA

pytestmark = pytest.mark.skipif(
    not SITEMAP_SCHEMA.exists(), reason="no schema of sitemaps; script/checkers fetches it"
)


def test_the_map_of_the_whole_site_is_valid(site):
    schema = etree.XMLSchema(etree.parse(SITEMAP_SCHEMA))
    urlset = etree.fromstring(get(f"{site.url}/sitemap.xml").text.encode())
    # Links to other languages are of another schema, XHTML's: tests/amnesty_site/test_sitemaps.py
    for link in urlset.findall(".//{http://www.w3.org/1999/xhtml}link"):
        link.getparent().remove(link)

    assert schema.validate(urlset), schema.error_log
    assert len(urlset) > 100
    urlset[0].tag = "page"
    assert not schema.validate(urlset)  # it would tell
