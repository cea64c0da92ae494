"""What is said about a link, as staff may write it."""

import pytest

from editorial.links import links_in, mistake_in


@pytest.mark.parametrize(
    "link",
    [
        "https://www.amnesty.org/en/",
        "http://amnesty.org:8080/a?b=c#d",
        "HTTPS://AMNESTY.ORG",
        "https://хүний-эрх.мон/түүх/",
        "mailto:name@example.org",
        "mailto:a@example.org,b@example.org?subject=Hi",
        "/en/history/1961/#1961-begin",
        "/mn/",
    ],
)
def test_a_good_link_is_left_alone(link):
    assert mistake_in(link) == ""


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("", "A link has no address: write one, or remove the link."),
        (
            "https://amnesty.org/a b",
            "“https://amnesty.org/a b” has a space in it: take it out, or write %20 for it.",
        ),
        (
            "/history/",
            "“/history/” leads to this site, but names no language: begin it with /en/, /mn/.",
        ),
        ("/en", "“/en” leads to this site, but names no language: begin it with /en/, /mn/."),
        ("//amnesty.org/", "“//amnesty.org/” lacks its beginning: write “https://amnesty.org/”."),
        (
            "www.example.org/a",
            "“www.example.org/a” lacks its beginning: write “https://www.example.org/a”.",
        ),
        (
            "name@example.org",
            "“name@example.org” lacks its beginning: write “mailto:name@example.org”.",
        ),
        (
            "mailto:name",
            "“mailto:name” has no whole e-mail address: write mailto:name@example.org.",
        ),
        (
            "http://testserver/en/history/#x",
            "“http://testserver/en/history/#x” leads to this site: write only its path, "
            "“/en/history/#x”.",
        ),
        (
            "https://testserver",
            "“https://testserver” leads to this site: write only its path, “/en/”.",
        ),
    ],
)
def test_a_bad_link_is_told_with_what_to_write(link, sentence):
    assert mistake_in(link) == sentence


@pytest.mark.parametrize(
    "link",
    [
        "https://localhost",
        "http://localhost:8000/en/",
        "https://127.0.0.1/",
        "https://192.168.1.1/",
        "https://office",
        "https://office.local/",
        "https://",
        "https:///en/",
        "https:amnesty.org",
        "https://[half",
        "https://a..b.org",
    ],
)
def test_a_host_that_readers_cannot_reach_is_told(link):
    assert mistake_in(link) == (
        f"“{link}” does not name a place that readers can reach. Copy the whole address from the "
        "browser: it looks like https://www.amnesty.org/en/."
    )


@pytest.mark.parametrize("scheme", ["javascript:", "htp:", "data:", "ftp:", "tel:", "file:"])
def test_another_beginning_is_told(scheme):
    assert mistake_in(f"{scheme}//x").startswith(f"“{scheme}//x” begins with “{scheme}”, which ")


@pytest.mark.parametrize("link", ["history", "#1961-begin", "history/1961", "?y=61", "htps//x"])
def test_half_an_address_is_told(link):
    assert mistake_in(link).startswith(f"“{link}” is not a whole address. Write it from its ")


def test_a_picture_in_letters_is_not_told_whole():
    assert len(mistake_in("data:image/png;base64," + "A" * 100_000)) < 350


def test_links_are_found_however_they_are_written():
    html = """<a href="/en/?a=1&amp;b">1</a> <A class=x HREF='/mn/'>2</A> <a href=/en/>3</a>
    <a data-href="no" name="no">4</a> <a title="x" href="">5</a>"""

    assert links_in(html) == ["/en/?a=1&b", "/mn/", "/en/", ""]
