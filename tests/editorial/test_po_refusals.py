"""What is wrong in a PO file is refused with its line and a reason; the rest goes in."""

import polib
import pytest

from editorial.drafts import Draft
from editorial.entries import subjects
from editorial.po_files import read_po
from editorial.po_parsing import PoError
from tests.factories import make_campaign, make_event
from tests.po import counts, edited, first_line, read
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db

RICH = '<p>See <a href="/en/about/">this</a>.</p>'
HEAD = 'msgid ""\nmsgstr ""\n"Language: mn\\n"\n'


@pytest.fixture
def event():
    return make_event(title_en="A candle", title_mn="Лаа", body_en="<p>It burns.</p>", body_mn="")


REFUSED = [
    ("title", "Лаа " * 40, "Ensure this value has at most 120 characters (it has 159)."),
    ("title", "A flame", "This is not written in the language of the file: Монгол."),
    ("title", "<b>Гал</b>", "This text is plain: take out “<b>”."),
    ("title", "Єдєр", "Letters that are not Mongolian. Please write instead: Єдєр → Өдөр"),
    ("title", "{n} лаа", "This is not in the source: {n}."),
    ("body", "<p>Шатаж байна.",
     "The mark-up is broken at “<p>”: each tag that opens must be closed."),
    ("body", "<p>Шатаж <b>байна</b>.</p>", "There is no such mark here: <b>. Those there are: "
     "<a>, <blockquote>, <br>, <cite>, <em>, <h2>, <h3>, <li>, <ol>, <p>, <strong>, <ul>."),
    ("body", "Шатаж байна.",
     "This text is made of paragraphs: begin it with <p> and end it with </p>."),
    ("body", '<p><a href="http://a.example">Шатаж</a> байна.</p>',
     "This link is not in the source: http://a.example."),
    ("body", "<p>Она горит и не гаснет.</p>", "This looks like Russian, not Mongolian."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "reason"), REFUSED)
def test_a_faulty_text_is_refused_with_its_line_and_a_reason(event, name, text, reason):
    po = edited(event, **{name: text})

    report = read(po)

    label = {"title": "title", "body": "text"}[name]
    line = first_line(po, event, name)
    assert list(map(str, report.refused)) == [f"Line {line}, 1961: A candle ({label}): {reason}"]
    assert (counts(report), Draft.objects.count()) == ((0, 1, 1), 0)


def test_what_the_source_has_and_must_stay_may_not_be_lost():
    event = make_event(title_en="See www.a.example", title_mn="", body_en=RICH, body_mn="")

    report = read(edited(event, title="Үзээрэй", body="<p>Үүнийг үз.</p>"))

    assert [refusal.reasons for refusal in report.refused] == [
        ["What must stay as it is in the source is missing: www.a.example."],
        ["A link of the source is missing: /about/."],
    ]


def test_a_source_copied_is_no_translation():
    text = "<p>" + "It burns, and it goes on burning. " * 3 + "</p>"
    event = make_event(body_en=text, body_mn="")

    report = read(edited(event, body=text))

    assert [refusal.reasons for refusal in report.refused] == [
        ["This is the source, not a translation."]
    ]


def test_a_mongolian_text_is_no_english_translation():
    event = make_event(title_en="", body_en="", title_mn="Лаа", body_mn="")

    report = read(edited(event, "mn", title="Зул"))

    assert [refusal.reasons for refusal in report.refused] == [
        ["This is not written in the language of the file: English."]
    ]


def test_a_text_whose_source_has_moved_is_refused_and_the_others_go_in(event):
    po = edited(event, title="Зул", body="<p>Шатаж байна.</p>")
    event.title_en = "A torch"
    event.save()

    report = read(po)

    assert [str(refusal) for refusal in report.refused] == [
        f"Line {first_line(po, event, 'title')}, 1961: A torch (title): The source has changed "
        "since this file was made: “A candle” is now “A torch”."
    ]
    assert (report.texts, Draft.objects.get().values) == (1, {"body_mn": "<p>Шатаж байна.</p>"})


def test_a_rule_of_the_whole_entry_refuses_its_new_texts(event):
    po = edited(event, title="Зул")
    TimelineEvent.objects.update(slug="no address")

    report = read(po)

    assert [refusal.reasons for refusal in report.refused] == [
        ["Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."]
    ]
    assert list(Draft.objects.all()) == []


def test_what_the_site_does_not_have_or_has_the_other_way_round_is_refused(event):
    other = make_event(title_en="", body_en="", title_mn="Гал", body_mn="")
    gone = event.pk + 1000
    contexts = {
        "nothing": "The site has no such text. Leave “msgctxt” as it was.",
        f"timeline.timelineevent:{event.pk}:slug": "The site has no such text. Leave “msgctxt” "
        "as it was.",
        f"timeline.timelineevent:{gone}:title": "This entry is gone.",
        f"timeline.timelineevent:{other.pk}:title": "This entry is translated to the other "
        "language: English.",
    }
    file = HEAD + "".join(f'\nmsgctxt "{name}"\nmsgid "A"\nmsgstr "Б"\n' for name in contexts)

    report = read(file)

    assert [(refusal.line, refusal.reasons) for refusal in report.refused] == [
        (5 + 4 * n, [reason]) for n, reason in enumerate(contexts.values())
    ]


def test_a_text_that_stands_twice_goes_in_once(event):
    po = edited(event, title="Зул")
    po.append(polib.POEntry(**{n: getattr(po[0], n) for n in ("msgctxt", "msgid", "msgstr")}))

    report = read(po)

    assert [refusal.reasons for refusal in report.refused] == [
        ["This text stands twice in the file."]
    ]
    assert Draft.objects.get().values == {"title_mn": "Зул"}


def test_a_subject_that_somebody_may_not_translate_is_refused(event):
    po = edited(event, title="Зул")

    report = read_po(str(po).encode(), [type(make_campaign())])

    assert {tuple(refusal.reasons) for refusal in report.refused} == {
        ("You may not translate this subject.",)
    }


NO_UTF_8 = "This file is not in UTF-8. Save it as UTF-8, and send it again."
NO_LINE = "This is not a line of a PO file, or a quotation mark is lost."
NO_LANGUAGE = "The head of the file must say “Language”, as en, mn."
BROKEN = [
    (HEAD.encode() + b'msgid "\xff"\n', 4, NO_UTF_8),
    (b"PK\x03\x04 something", 1, NO_LINE),
    ((HEAD + '\nmsgid "A"\nmsgstr "B\n').encode(), 6, NO_LINE),
    ((HEAD + '\nmsgid "A "big" one"\nmsgstr ""\n').encode(), 5, NO_LINE),
    ((HEAD + '\nmsgstr "A"\n').encode(), 5, "This line stands where it must not."),
    (HEAD.replace("mn", "ru").encode(), 3, NO_LANGUAGE),
    (b'msgid "A"\nmsgstr "B"\n', 1, NO_LANGUAGE),
    (b"", 1, NO_LANGUAGE),
]  # fmt: skip


@pytest.mark.parametrize(("data", "line", "reason"), BROKEN)
def test_a_file_that_cannot_be_read_says_where_and_why(data, line, reason):
    with pytest.raises(PoError) as error:
        read_po(data, subjects())

    assert str(error.value) == f"Line {line}: {reason}"
