import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from editorial.pasted import BLOCKS
from editorial.richtext import (
    LONGEST,
    cleaned,
    excerpt,
    from_plain,
    from_verbatim,
    to_paragraphs,
    to_plain,
)
from tests.factories import make_event


def test_blank_lines_make_paragraphs():
    assert from_plain("One\nline.\n\nTwo <strong>three</strong>.\n") == (
        "<p>One line.</p><p>Two <strong>three</strong>.</p>"
    )


def test_a_block_stays_a_block():
    assert from_plain("<h2>Why</h2>\n\nBecause.") == "<h2>Why</h2><p>Because.</p>"


def test_a_verbatim_text_shows_every_character():
    assert from_verbatim("a < b & “c”") == "<p>a &lt; b &amp; “c”</p>"


def test_an_excerpt_shows_signs_as_they_were_typed():
    assert excerpt("<p>Simon &amp; Garfunkel, 5 &lt; 6</p>") == "Simon & Garfunkel, 5 < 6"


@pytest.mark.django_db
@pytest.mark.parametrize("blank", ["<p>&nbsp;</p>", "<p> </p>", "<p></p><p></p>", "<p>\u200b</p>"])
def test_what_only_looks_like_a_text_is_none(blank):
    assert make_event(body_en=blank).body_en == ""


def test_an_excerpt_has_no_marks_and_ends_at_a_word():
    assert (
        excerpt("<p>One two.</p><p><strong>Three</strong> four</p>", words=3) == "One two. Three…"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("<p onclick='x()'>Hi</p>", "<p>Hi</p>"),
        ("<p>Hi<script>x()</script></p>", "<p>Hi</p>"),
        ("<p>In <cite>Animal Farm</cite></p>", "<p>In <cite>Animal Farm</cite></p>"),
        ("<p>Hi<img src=x onerror=x()></p>", "<p>Hi</p>"),
        ("<h2>Hi</h2><ul><li><p>Ho</p></li></ul>", "<h2>Hi</h2><ul><li><p>Ho</p></li></ul>"),
    ],
)
def test_rich_text_is_clean_before_it_is_stored_in_either_language(written, stored):
    event = make_event(body_en=written, body_mn=written)

    event.refresh_from_db()
    assert [strip_rel(event.body_en), strip_rel(event.body_mn)] == [stored, stored]


def strip_rel(html):
    return html.replace(' rel="noopener noreferrer"', "")


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<h2>One</h2><p>two<br>three</p>", "One two three"),
        ("<ul><li>one</li><li>two</li></ul>", "one two"),
        ("<p>gro<strong>up</strong>s</p>", "groups"),
    ],
)
def test_words_of_two_blocks_stay_two_words(html, plain):
    assert to_plain(html) == plain


def refused(**texts):
    """What is said at each field of an event that cannot be saved."""
    with pytest.raises(ValidationError) as caught:
        make_event(**texts)
    return caught.value.message_dict


@pytest.mark.django_db
def test_a_bad_link_is_told_at_the_text_it_stands_in():
    body = '<p><a href="javascript:x()">Hi</a> <a href="www.amnesty.org">ho</a></p>'

    assert refused(body_mn=body) == {
        "body_mn": [
            "“javascript:x()” begins with “javascript:”, which is not possible here. A link begins "
            "with https://, http:// or mailto:, or with the path of a page of this site: "
            "/en/, /mn/.",
            "“www.amnesty.org” lacks its beginning: write “https://www.amnesty.org”.",
        ]
    }


@pytest.mark.django_db
def test_a_text_far_too_long_is_told_with_its_length():
    assert refused(body_en="а" * 1_500_000) == {
        "body_en": [
            "This text has 1,500,000 characters, and 100,000 is the most. Shorten it; was more "
            "pasted than you meant?"
        ]
    }


@pytest.mark.django_db
def test_a_long_text_is_stored_whole():
    text = f"<p>{'а' * (LONGEST - 7)}</p>"

    assert make_event(body_mn=text).body_mn == text


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("<p>One.</p><p>Two <em>words</em>.</p>", "One.\n\nTwo <em>words</em>."),
        ("<h2>Why</h2><p>So.</p>", "<h2>Why</h2>\n\nSo."),
        ("<ul>\n<li>One</li>\n</ul><p>Two.</p>", "<ul>\n<li>One</li>\n</ul>\n\nTwo."),
        ("<p>5&nbsp;km  away</p>", "<p>5&nbsp;km  away</p>"),
        ('<p><a href="/en/" rel="noopener">A</a></p>', '<a href="/en/" rel="noopener">A</a>'),
        ("<p>One</p>\n<p>Two</p>", "<p>One</p>\n<p>Two</p>"),
        ("Words of no paragraph", None),
        ("<p>A\n\nline</p>", None),
    ],
)
def test_a_stored_text_has_a_way_back_to_paragraphs(stored, text):
    assert to_paragraphs(stored) == text


MARKS = st.sampled_from(
    [
        *(
            f"<{slash}{tag}>"
            for tag in [*sorted(BLOCKS), "strong", "em", "cite", "a"]
            for slash in ("", "/")
        ),
        *('<a href="https://a.org/">', '<a href="/en/" title="&lt;">', '<ol start="3">', "<br>"),
        *("&nbsp;", "&amp;", "\n", "\n\n", "  ", "\x85", "\u2028", "\u200b", "<p>a</p>", "<!--"),
    ]
)


@settings(deadline=None, max_examples=400)
@given(st.lists(st.one_of(MARKS, st.text(max_size=5)), max_size=14).map("".join))
def test_whatever_the_cleaner_lets_through_comes_back_exactly(typed):
    stored = cleaned(typed)
    text = to_paragraphs(stored)

    assert cleaned(stored) == stored
    assert text is None or cleaned(from_plain(text)) == stored
