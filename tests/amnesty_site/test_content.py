from textwrap import dedent

import pytest
from django.core.management import CommandError, call_command

from campaigns.models import Campaign
from editorial.models import Theme
from editorial.review import Translation
from sections.models import Achievement
from tests.desk import states
from timeline.models import Decade, Figure, TimelineEvent

pytestmark = pytest.mark.django_db

THEMES = """
    - slug: prisoners
      name: {en: Prisoners, mn: Хоригдлууд}
"""
TIMELINE = """
    decade:
      first_year: 1960
      label: {en: 1960s, mn: 1960-аад он}
    events:
      - year: 1961
        slug: candle
        month: 12
        day: 10
        themes: [prisoners]
        title:
          en: "No"
          mn: Лаа
        body:
          en: |
            One
            line.

            Two.
      - year: 1961
        slug: second
        figures:
          - kind: groups
            value: 70
        title: {en: Second}
      - year: 1962
        slug: third
        title: {en: Third}
"""
CAMPAIGN = """
    slug: torture
    order: 3
    title: {en: Stop torture}
    retired: yes
    retired_reason: {en: Done}
"""
SECTION = """
    section:
      slug: mongolia
      name: {en: Mongolia}
    achievements:
      - year: 2015
        slug: run
        kind: action
        text: {en: We ran.}
        figure: 1050
"""


@pytest.fixture
def folder(tmp_path):
    """A small content folder, as text by file name; `load` writes and loads it."""
    return {
        "themes.yaml": THEMES,
        "timeline/1960s.yaml": TIMELINE,
        "campaigns/torture.yaml": CAMPAIGN,
        "sections/mongolia.yaml": SECTION,
    }


@pytest.fixture
def load(folder, tmp_path, capsys):
    def load():
        for name, text in folder.items():
            path = tmp_path / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            data = dedent(text).lstrip("\n") if isinstance(text, str) else text
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        call_command("load_content", str(tmp_path / "content"))
        return capsys.readouterr().out

    return load


def test_a_folder_becomes_published_entries_in_both_languages(load):
    load()

    event = TimelineEvent.objects.published().get(slug="candle")
    assert (event.year, event.month, event.day) == (1961, 12, 10)
    assert (event.title_en, event.title_mn, event.body_mn) == ("No", "Лаа", None)
    assert event.body_en == "<p>One line.</p><p>Two.</p>"
    assert [theme.name_mn for theme in event.themes.all()] == ["Хоригдлууд"]
    assert Decade.objects.get().label_mn == "1960-аад он"
    campaign = Campaign.objects.get()
    assert (campaign.slug, campaign.order, campaign.retired) == ("torture", 3, True)
    assert Achievement.objects.get().figure == 1050
    figure = Figure.objects.get()
    assert (figure.event.slug, figure.kind, figure.value) == ("second", "groups", 70)


def test_events_keep_the_order_of_the_file_in_each_year(load):
    load()

    places = TimelineEvent.objects.values_list("year", "slug", "order")
    assert list(places) == [(1961, "candle", 1), (1961, "second", 2), (1962, "third", 1)]


def test_loading_twice_changes_nothing(load):
    load()
    before = list(TimelineEvent.objects.values())

    assert load().startswith("as before: 1 themes, 1 decades, 3 events")
    assert list(TimelineEvent.objects.values()) == before


def test_mongolian_texts_wait_for_review_until_somebody_says_they_are_right(load, folder):
    load()
    event = TimelineEvent.objects.get(slug="candle")
    assert states(event) == {"title": "unreviewed", "body": "missing"}
    assert states(TimelineEvent.objects.get(slug="third")) == {"title": "missing"}

    Translation.objects.for_entry(event).approve()
    load()
    assert states(event) == {"title": "right", "body": "missing"}

    folder["timeline/1960s.yaml"] = TIMELINE.replace("mn: Лаа", "mn: Анхны лаа")
    load()
    assert states(event) == {"title": "unreviewed", "body": "missing"}


def test_a_changed_file_changes_just_its_entry(load, folder):
    load()
    folder["timeline/1960s.yaml"] = TIMELINE.replace("Third", "The third")

    assert "changed: 1 events\n" in load()
    assert TimelineEvent.objects.get(slug="third").title_en == "The third"


def test_what_a_file_does_not_name_stays_as_staff_left_it(load):
    load()
    TimelineEvent.objects.filter(slug="second").update(title_mn="Хоёр", published_at=None)
    load()

    event = TimelineEvent.objects.get(slug="second")
    assert (event.title_mn, event.published_at) == ("Хоёр", None)


def test_foreign_letters_in_mongolian_are_pointed_out_at_their_line(load, folder):
    folder["campaigns/torture.yaml"] += "    strapline: {mn: Хїний эрх}\n"

    told = "torture.yaml, line 6: “Хїний”: letters that are not Mongolian; write “Хүний”.\n"
    assert told in load()
    assert Campaign.objects.get().strapline_mn == "Хїний эрх"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("timeline/1960s.yaml", "slug: third", "slgu: third", "line 25: slug: this key is missing"),
        (
            "timeline/1960s.yaml",
            "month: 12",
            "mnoth: 12",
            "line 7: mnoth: there is no such key here. Did you mean month?",
        ),
        ("timeline/1960s.yaml", "month: 12", "month: x", "line 7: month: "),
        (
            "timeline/1960s.yaml",
            "month: 12",
            "month: 2\n        day: 30",
            "line 9: day: this key stands here a second time",
        ),
        ("timeline/1960s.yaml", "day: 10", "day: 32", "line 5: A day needs its month"),
        (
            "timeline/1960s.yaml",
            "[prisoners]",
            "[prisners]",
            "line 9: themes: prisners is not in themes.yaml",
        ),
        (
            "timeline/1960s.yaml",
            "mn: Лаа",
            "ru: Лаа",
            "line 12: title: ru is not a language of this site",
        ),
        (
            "timeline/1960s.yaml",
            "            One\n",
            '            <a href="/history/">One</a>\n',
            "line 13: body_en: “/history/” leads to this site, but names no language",
        ),
        ("timeline/1960s.yaml", "year: 1962", "year: x", "line 25: year: a whole number is needed"),
        ("timeline/1960s.yaml", "events:", "evnets:", "line 1: events: this part is missing"),
        ("campaigns/torture.yaml", "title: {en", "  title: {en", "line 3: this is not YAML"),
        (
            "campaigns/torture.yaml",
            "retired: yes",
            "retired: perhaps",
            "line 4: retired: write true or false",
        ),
        (
            "campaigns/torture.yaml",
            "title: {en: Stop torture}",
            "title: Stop",
            "line 3: “key: value” lines are needed",
        ),
        (
            "campaigns/torture.yaml",
            "retired_reason: {en: Done}",
            "",
            "line 1: Say why it is retired",
        ),
        (
            "sections/mongolia.yaml",
            "kind: action",
            "kind: party",
            "line 7: kind: Value 'party' is not a valid choice",
        ),
        ("sections/mongolia.yaml", "figure: 1050", "figure: 1,050", "line 9: figure: "),
    ],
)
def test_a_mistake_is_shown_at_its_line_and_nothing_is_loaded(
    load, folder, name, old, new, message
):
    assert old in folder[name]
    folder[name] = folder[name].replace(old, new)

    with pytest.raises(CommandError) as error:
        load()

    assert f"content/{name}, {message}" in str(error.value)
    assert not Theme.objects.exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("slug: &a torture\ntitle: *a", "line 2: this is not YAML: “*” names are not used"),
        ("? [slug]\n: torture", "line 1: a key is one plain word"),
        ("slug: [torture]\ntitle: {en: T}", "line 1: a plain text is needed"),
        ("- slug: torture", "line 1: “key: value” lines are needed"),
        (
            "slug: torture\npicture: ../../secret_key",
            "line 2: picture: there is no ../../secret_key here",
        ),
        ("[" * 5000, "line 1: this is not YAML"),
        ("", "line 1: the file is empty"),
    ],
)
def test_a_hostile_file_is_refused_with_its_line(load, folder, text, message):
    folder["campaigns/torture.yaml"] = text

    with pytest.raises(CommandError) as error:
        load()

    assert f"content/campaigns/torture.yaml, {message}" in str(error.value)


def test_two_entries_of_one_name_are_refused(load, folder):
    folder["timeline/1960s.yaml"] = TIMELINE.replace("slug: second", "slug: candle")

    with pytest.raises(CommandError, match=r"1961, candle stands in content/timeline/1960s\.yaml"):
        load()


def test_all_mistakes_are_told_at_once(load, folder):
    folder["campaigns/torture.yaml"] = CAMPAIGN.replace("order: 3", "order: x")
    folder["sections/mongolia.yaml"] = SECTION.replace("year: 2015", "year: 1")

    with pytest.raises(CommandError) as error:
        load()

    assert str(error.value).count("\n") == 2


def test_a_file_in_another_encoding_is_refused_with_its_line(load, folder):
    folder["campaigns/torture.yaml"] = "slug: a\ntitle: {mn: Эрх}".encode("cp1251")

    with pytest.raises(CommandError, match=r"torture.yaml, line 2: this is not UTF-8"):
        load()


def test_staff_html_of_a_file_is_cleaned(load, folder):
    folder["timeline/1960s.yaml"] = TIMELINE.replace("Two.", "Two <script>x()</script>.")
    load()

    assert "script" not in TimelineEvent.objects.get(slug="candle").body_en
