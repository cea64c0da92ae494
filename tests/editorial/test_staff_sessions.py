"""Sessions end after two idle hours, and where what somebody signs in with becomes another."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk import PASSWORD, Desk, make_user
from tests.signing_in import PAGE, add_second_factor, set_up, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

NEW = "another long password for tests"


@pytest.fixture
def saran():
    return make_user("editor", name="saran")


def is_in(client):
    return client.get("/en/admin/").status_code == 200


def test_a_session_ends_after_two_idle_hours(saran, time_machine):
    client = sign_in("saran").client

    time_machine.shift(2 * 3600 - 1)
    assert is_in(client)
    time_machine.shift(2 * 3600 - 1)
    assert is_in(client)
    time_machine.shift(2 * 3600 + 1)
    assert not is_in(client)


def test_a_request_writes_that_somebody_is_here_every_five_minutes_at_most(saran, time_machine):
    client = sign_in("saran").client

    for seconds, writes in [(0, 0), (300, 0), (1, 1), (300, 0), (1, 1)]:
        time_machine.shift(seconds)
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/admin/handbook/")
        assert len([query for query in queries if query["sql"].startswith("UPDATE")]) == writes


def test_reading_public_pages_sets_no_cookie(saran, time_machine):
    client = sign_in("saran").client
    time_machine.shift(3600)

    answers = [client.get(path) for path in ("/en/", "/en/feed.xml", "/history.csv")]

    assert [settings.SESSION_COOKIE_NAME in answer.cookies for answer in answers] == [False] * 3


def test_a_session_has_a_new_key_once_somebody_signs_in(saran):
    client = Client()
    before = client.session.session_key  # that of somebody who has not signed in

    after = sign_in("saran", client=client).client.session.session_key

    assert before is not None
    assert after != before


def test_the_cookie_is_for_this_site_alone_and_for_no_script(saran):
    cookie = sign_in("saran").cookies[settings.SESSION_COOKIE_NAME]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 7200)


def test_sessions_that_have_ended_are_cleared_when_somebody_signs_in(saran, time_machine):
    sign_in("saran"), sign_in("saran")
    time_machine.shift(2 * 3600 + 1)

    client = sign_in("saran").client

    assert [row.pk for row in Session.objects.all()] == [client.session.session_key]


def change_password(client):
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    return client.post("/en/admin/password_change/", sent)


def change_by_an_administrator(client):
    desk = Desk("administrator")
    sent = {"password1": NEW, "password2": NEW}
    saran = Group.objects.get(name="editor").user_set.get()
    return desk.client.post(f"/en/admin/auth/user/{saran.pk}/password/", sent)


def renew(client):
    return client.post(PAGE, {"password": PASSWORD, "_renew": "1"})


def remove(client):
    return client.post(PAGE, {"password": PASSWORD, "_remove": "1"})


@pytest.mark.parametrize(
    ("deed", "has_one", "own_goes_on"),
    [
        (change_password, False, True),
        (change_by_an_administrator, False, False),
        (set_up, False, True),
        (renew, True, True),
        (remove, True, True),
    ],
)
def test_other_sessions_end_when_what_somebody_signs_in_with_changes(
    saran, deed, has_one, own_goes_on
):
    codes = add_second_factor(saran) if has_one else ["", ""]
    other, own = (sign_in("saran", code=code).client for code in codes[:2])
    colleague = Desk("translator").client
    assert is_in(own)
    assert is_in(other)

    assert deed(own).status_code in (200, 302)

    assert (is_in(own), is_in(other), is_in(colleague)) == (own_goes_on, False, True)


def test_sessions_that_a_cache_has_copies_of_end_too(saran, settings):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    other, own = sign_in("saran").client, sign_in("saran").client
    assert is_in(other)

    set_up(own)

    assert (is_in(own), is_in(other)) == (True, False)


def test_a_session_that_was_ended_does_not_come_back(saran, time_machine):
    """A request that was on its way when it ended writes it no more."""
    own, other = sign_in("saran").client, sign_in("saran").client
    key = other.session.session_key
    set_up(own)
    time_machine.shift(600)
    is_in(other)

    assert not Session.objects.filter(pk=key).exists()
    assert timezone.now() + timedelta(hours=2) > Session.objects.get().expire_date
