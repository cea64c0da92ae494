"""What templates can say beside Django's own words."""

import pytest
from django.template import engines
from django.utils import translation
from django.utils.safestring import mark_safe

from bilingual.templatetags import keeping
from bilingual.translations import Text


def render(source, **context):
    template = engines["django"].from_string("{% load bilingual %}" + source)
    return template.render(context)


@pytest.fixture
def counted():
    """Says how often it was asked."""
    return iter(range(1, 99)).__next__


def test_a_text_in_the_readers_language_stands_as_it_is():
    text = Text("Bread & roses", "en", is_fallback=False)

    assert render("{% text it %}", it=text) == "Bread &amp; roses"
    assert render("{% text it %}", it="arms") == "arms"


def test_a_text_in_the_other_language_is_marked():
    marked = render("{% text it %}", it=Text("Талх & сарнай", "mn", is_fallback=True))

    assert '<span lang="mn">Талх &amp; сарнай</span>' in marked
    assert "In Mongolian" in marked


def test_what_is_unchanging_is_rendered_once_for_each_language_and_value(counted):
    template = engines["django"].from_string(
        "{% load i18n keeping %}{% unchanging place %}{{ counted }} {% translate 'Home' %}"
        "{% endunchanging %}"
    )

    def read(place):
        return template.render({"place": place, "counted": counted})

    assert [read("history"), read("history"), read("home")] == ["1 Home", "1 Home", "2 Home"]
    with translation.override("mn"):
        assert read("history") == "3 Нүүр"


def test_what_is_kept_has_no_blank_lines_and_indents():
    template = engines["django"].from_string(
        "{% load keeping %}{% unchanging %}<p>\n\n    One\n\u00a0another\n{% endunchanging %}"
    )

    assert template.render() == "<p>\nOne\n\u00a0another\n"


def test_what_looks_the_same_and_is_not_is_rendered_for_itself():
    template = engines["django"].from_string(
        "{% load keeping %}{% unchanging it %}{{ it }}{% endunchanging %}"
    )

    assert [template.render({"it": it}) for it in (1, True, mark_safe("<b>"), "<b>")] == [
        "1",
        "True",
        "<b>",
        "&lt;b&gt;",
    ]


def test_only_so_much_is_kept(monkeypatch, counted):
    keeping.parts.forget()
    monkeypatch.setattr(keeping, "MEMORY", 2 * keeping.weight("1"))
    template = engines["django"].from_string(
        "{% load keeping %}{% unchanging it %}{{ counted }}{% endunchanging %}"
    )

    read = [template.render({"it": it, "counted": counted}) for it in "abacba"]

    assert read == ["1", "2", "1", "3", "2", "4"]
    assert keeping.parts.size == 2 * keeping.weight("1")
