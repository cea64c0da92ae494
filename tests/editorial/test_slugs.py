import pytest

from tests.factories import make_campaign, make_event

pytestmark = pytest.mark.django_db


def test_slug_is_made_from_the_title():
    assert make_campaign(title_en="Stop torture").slug == "stop-torture"


def test_slug_of_a_mongolian_entry_is_in_latin_letters():
    assert make_campaign(title_en="", title_mn="Хүний эрх").slug == "khunii-erkh"


def test_slugs_that_would_be_equal_are_numbered():
    slugs = [make_campaign(title_en="Stop torture").slug for _ in range(3)]

    assert slugs == ["stop-torture", "stop-torture-2", "stop-torture-3"]


def test_equal_slugs_in_different_years_stay_equal():
    slugs = [make_event(title_en="Founded", year=year).slug for year in (1961, 1962)]

    assert slugs == ["founded", "founded"]


def test_an_event_without_title_takes_its_first_words():
    event = make_event(title_en="", title_mn="", body_en="<p>A new section is set up in Peru.</p>")

    assert event.slug == "a-new-section-is-set-up"


def test_a_title_without_letters_still_gives_an_address():
    event = make_event(title_en="…", title_mn="", body_en="", body_mn="")

    assert event.slug == "timelineevent"
