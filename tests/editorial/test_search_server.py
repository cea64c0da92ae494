"""A search server finds what the database finds; whatever it does, the database can."""

import pytest

from bilingual.searching import sought_words
from editorial import search_server as module
from editorial.search_server import ASK_AGAIN, ask_for_grades, grades, send, send_all
from editorial.searching import Occurrence, Searched
from tests.answers import get
from tests.bilingual.test_searching import ENGLISH, MONGOLIAN, families
from tests.factories import make_event
from tests.hostile_queries import HOSTILE

pytestmark = pytest.mark.django_db


def by_server(query, language="en"):
    return ask_for_grades(sought_words(query), language)


def by_database(query, language="en"):
    return Occurrence.objects.grades(sought_words(query), language)


def test_every_query_is_graded_as_the_database_grades_it(search_server):
    forms = [form for family in families(ENGLISH + MONGOLIAN) for form in family]
    for number in range(0, len(forms), 3):
        of_title, *of_text = forms[number : number + 3]
        make_event(title_en=of_title, title_mn=of_title, body_en=f"<p>{' '.join(of_text)}</p>")
    list(send_all())

    for query in [*forms, *HOSTILE, "hunii erkh", "prison хүний 1961"]:
        if sought_words(query):
            assert by_server(query) == by_database(query), query
            assert by_server(query, "mn") == by_database(query, "mn"), query


def test_a_save_tells_the_server_of_the_entry(search_server, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        event = make_event(title_en="Whales")

    assert not Searched.objects.filter(is_sent=False).exists()
    assert grades(sought_words("whales"), "en") == by_database("whales")
    assert ("POST", "/amnesty/_msearch", None) in search_server.requests
    with django_capture_on_commit_callbacks(execute=True):
        event.title_en = "Dolphins"
        event.save()
    assert [found.keys() & keys(event) for found in grades(sought_words("whales"), "en")] == [set()]
    assert [found.keys() & keys(event) for found in grades(sought_words("dolphins"), "en")] == [
        keys(event)
    ]


def keys(event):
    """Those of what is sought where English is read."""
    return {row.pk for row in Searched.objects.of(event).filter(language="en")}


def test_a_save_of_many_sends_each_text_once(search_server, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(5):
            make_event(title_en=f"Whales {number}")

    assert [path for _method, path, _user in search_server.requests].count("/amnesty/_bulk") == 1


def test_the_newer_text_of_an_entry_stays_though_the_older_comes_later(search_server):
    event = make_event(title_en="Whales")
    list(send_all())
    (older,) = Searched.objects.of(event).filter(language="en")
    event.title_en = "Dolphins"
    event.save()
    list(send_all())

    action = {"_id": module.name(older), "version": older.pk, "version_type": "external_gte"}
    module.ask("POST", "/_bulk", {"index": action}, module.describe(older, {"word_3": ["whales"]}))

    assert grades(sought_words("dolphins"), "en") == by_database("dolphins")


@pytest.mark.parametrize("fault", ["answers 503", "answers no JSON", "gone", "has lost all"])
def test_the_database_finds_while_the_server_cannot(search_server, monkeypatch, fault):
    event = make_event(title_en="Whales")
    list(send_all())
    match fault:
        case "answers 503":
            search_server.answers_with = 503
        case "answers no JSON":
            monkeypatch.setattr("tests.search_server.json.dumps", lambda told: "<html>")
        case "gone":
            search_server.server_close()
            search_server.shutdown()
        case "has lost all":
            search_server.index, search_server.texts = None, {}
    asked = len(search_server.requests)

    for _ in range(3):
        assert grades(sought_words("whales"), "en")[0].keys() == keys(event)

    assert len(search_server.requests) - asked <= 1  # it is not asked again for some seconds


def test_a_server_that_comes_back_is_told_what_it_missed(search_server, monkeypatch):
    list(send_all())
    search_server.answers_with = 503
    make_event(title_en="Whales")
    with pytest.raises(ConnectionError):
        send()
    search_server.answers_with = None
    later = module.monotonic() + ASK_AGAIN
    monkeypatch.setattr(module, "monotonic", lambda: later)

    send()

    assert by_server("whales") == by_database("whales")


def test_an_empty_server_in_the_place_of_another_is_told_all(search_server, monkeypatch):
    make_event(title_en="Whales")
    list(send_all())
    search_server.index, search_server.texts = None, {}

    assert sum(send_all()) == Searched.objects.count() == len(search_server.texts)


def test_more_texts_than_one_request_takes_are_sent_in_several(search_server, monkeypatch):
    monkeypatch.setattr(module, "MOST", 3)
    for number in range(4):
        make_event(title_en=f"Whales {number}")

    assert list(send_all()) == [3, 3, 2]


def test_name_and_password_go_with_each_request(search_server, settings):
    url, _user = settings.SEARCH_SERVER
    settings.SEARCH_SERVER = url, "site:p@ss"

    list(send_all())

    assert {user for *_request, user in search_server.requests} == {"Basic c2l0ZTpwQHNz"}


def test_the_site_tells_the_server_as_it_starts_and_asks_it(search_server, own_site):
    own_site.environment["SEARCH_URL"] = search_server.url
    own_site.start()

    page = get(f"{own_site.url}/en/search/?q=candle").text

    assert "The search server was told of" in own_site.read_log()
    assert search_server.requests[-1] == ("POST", "/amnesty/_msearch", None)
    assert "<mark>" in page
