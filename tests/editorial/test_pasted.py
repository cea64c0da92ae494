"""What word processors and mail put around a text goes, and what was meant by it stays."""

import re
from pathlib import Path

import pytest

from editorial.pasted import tidy
from tests.factories import make_event

WORD = Path(__file__).with_name("word.html").read_text(encoding="utf-8")
CLEAN = (
    "<h2>Жилийн тайлан</h2>"
    "<p>Хүний <strong>эрх</strong>, <strong>эрх чөлөө</strong>, <em>эв санаа</em>.</p>"
    "<ul><li><p>Үзэл бодол</p></li><li><p>Өөрийн үг</p></li></ul>"
    "<ol><li><p>A letter from London</p></li></ol>"
    "<p>12&nbsp;дахь зочин.</p>"
)


@pytest.mark.django_db
def test_a_text_of_word_is_stored_in_our_marks_in_either_language():
    event = make_event(body_en=WORD, body_mn=WORD)

    stored = [re.sub(r"\s*\n\s*", "", text) for text in (event.body_en, event.body_mn)]
    assert stored == [CLEAN, CLEAN]


def test_what_is_clean_stays_as_it_is():
    text = (
        '<h3>A</h3><p>b<br>c &amp; &lt;d&gt; 12&nbsp;дахь <a href="/en/?a=1&amp;b=2">e</a></p>'
        '<ol start="3"><li><p>f</p><ul><li><p>g</p></li></ul></li></ol>'
        "<blockquote><p><cite>h</cite> <strong><em>i</em></strong></p></blockquote>"
    )

    assert tidy(text) == text
    assert tidy(CLEAN) == CLEAN


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        # as Google Docs wraps a text, and as mail divides its lines
        ('<b style="font-weight:normal"><p>a</p></b>', "<p>a</p>"),
        (
            '<p>a <span style="font-weight:700;font-style:italic">b</span></p>',
            "<p>a <strong><em>b</em></strong></p>",
        ),
        ("<div>a</div><div><br></div><div>b</div>", "<p>a</p><p>b</p>"),
        ("<div><p>a</p></div>", "<p>a</p>"),
        ("<p><b>a<span style='font-weight:bold'>b</span></b></p>", "<p><strong>ab</strong></p>"),
        ("<p>a<b>&nbsp;</b>b<i></i>c</p>", "<p>a bc</p>"),
        ("<ul><li><p></p></li></ul>", ""),
        ("<p><![foo[x]]>a<?xml x?><!-- b -->c</p>", "<p>ac</p>"),
        # the marks around a title come from the page
        ("<p>“<cite>A</cite>”, <cite>«B»</cite></p>", "<p><cite>A</cite>, <cite>B</cite></p>"),
        ("<p>“<cite>A</cite> is long.”</p>", "<p>“<cite>A</cite> is long.”</p>"),
    ],
)
def test_what_was_meant_is_kept(pasted, clean):
    assert tidy(pasted) == clean


@pytest.mark.parametrize("piece", ["&nbsp; ", "<b>", "<p>&nbsp;", "<span style='", "<blockquote>"])
def test_no_text_takes_long(piece):
    tidy(piece * (100_000 // len(piece)))
