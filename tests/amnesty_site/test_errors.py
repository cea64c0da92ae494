import pytest
from django.db import OperationalError
from django.test import Client

from timeline.models import TimelineEventQuerySet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [
        ("/en/nothing/", "mn", "en"),
        ("/mn/nothing/", "en", "mn"),
        ("/fr/history/", "mn", "mn"),
        ("/fr/history/", "fr", "en"),
        ("/mn/campaigns/nothing/", "en", "mn"),
        ("/nothing/at/all", "mn", "mn"),
    ],
)
def test_what_is_not_there_is_said_in_the_readers_language(client, path, accepted, language):
    response = client.get(path, headers={"Accept-Language": accepted})

    page = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{language}">' in page
    assert ("Page not found" in page, "Хуудас олдсонгүй" in page) == (
        language == "en",
        language == "mn",
    )


def test_a_host_that_is_not_ours_is_refused(client):
    response = client.get("/en/", headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()
    assert "The request could not be read" in response.content.decode()


@pytest.mark.parametrize(
    ("fault", "status"), [(RuntimeError("a mistake"), 500), (OperationalError("no database"), 503)]
)
def test_a_fault_gives_a_page_of_ours(monkeypatch, fault, status):
    def fail(*args):
        raise fault

    monkeypatch.setattr(TimelineEventQuerySet, "visible_to", fail)
    response = Client(raise_request_exception=False).get("/mn/history/")

    assert response.status_code == status
    assert '<html lang="mn">' in response.content.decode()
    assert response.has_header("Retry-After") == (status == 503)


def test_an_expired_form_says_what_to_do():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/en/admin/login/", {"username": "a", "password": "b"})

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


@pytest.mark.parametrize("path", ["/en/nothing/", "/mn/nothing/"])
def test_error_pages_are_kept_out_of_search_engines(client, path):
    page = client.get(path).content.decode()

    assert '<meta name="robots" content="noindex">' in page
    assert "hreflang" not in page.split("</head>")[0]
