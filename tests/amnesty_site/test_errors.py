import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client

from editorial.signing_in.sessions import RENEWED
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


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_session_that_the_database_cannot_keep_now_is_no_fault_of_the_request(
    admin_client, monkeypatch, is_gone
):
    session = admin_client.session
    session[RENEWED] = 0  # the next page keeps it alive
    session.save()

    def fail(row, **how):
        if is_gone:
            Session.objects.all().delete()
            return save(row, **how)
        raise OperationalError("database is locked")

    save = Session.save
    monkeypatch.setattr(Session, "save", fail)

    assert admin_client.get("/en/admin/").status_code == (400 if is_gone else 503)
