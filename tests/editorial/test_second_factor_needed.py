"""Publishers and administrators have a week to set up a second factor; others may do without."""

import pytest

from tests.desk import PASSWORD, make_user
from tests.factories import make_event
from tests.signing_in import PAGE, add_second_factor, code_now, set_up, sign_in

pytestmark = pytest.mark.django_db

DAY = 24 * 3600
NO_TIME_LEFT = (302, PAGE)


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to("2026-03-01T04:00Z", tick=False)


def look(client, path="/en/admin/"):
    answer = client.get(path)
    return answer.status_code, answer.get("Location")


@pytest.mark.parametrize("role", ["publisher", "administrator"])
def test_it_must_be_there_a_week_after_the_first_sign_in(role, time_machine):
    make_user(role, name="bold")
    client = sign_in("bold").client
    page = client.get("/en/admin/").content.decode()
    assert "Set up a second factor by 8 March 2026, 12:00." in page

    time_machine.shift(7 * DAY - 1)
    assert look(sign_in("bold").client) == (200, None)
    time_machine.shift(1)
    client = sign_in("bold").client
    for path in ("", "auth/user/", "handbook/", "password_change/"):
        assert look(client, f"/en/admin/{path}") == NO_TIME_LEFT
    assert look(client, PAGE) == (200, None)
    set_up(client)
    assert look(client) == (200, None)


def test_it_must_be_there_for_who_may_do_everything(admin_user, time_machine):
    admin_user.set_password(PASSWORD)
    admin_user.save()
    sign_in("admin")
    time_machine.shift(8 * DAY)

    assert look(sign_in("admin").client) == NO_TIME_LEFT


def test_the_week_ends_in_the_middle_of_a_session(time_machine):
    make_user("publisher", name="bold")
    time_machine.move_to("2026-03-01T04:00Z", tick=False)
    sign_in("bold")
    time_machine.shift(7 * DAY - 60)
    client = sign_in("bold").client
    assert look(client) == (200, None)
    time_machine.shift(61)

    assert look(client) == NO_TIME_LEFT


def test_whoever_has_no_time_left_sees_what_readers_see(time_machine):
    make_user("publisher", name="bold")
    make_event(year=1961, title_en="A draft", published_at=None)
    make_event(year=1961, title_en="Public")
    sign_in("bold")
    early = sign_in("bold").client.get("/en/history/1961/").content.decode()
    time_machine.shift(7 * DAY)

    late = sign_in("bold").client.get("/en/history/1961/").content.decode()

    assert ["A draft" in page for page in (early, late)] == [True, False]
    assert "Public" in late


@pytest.mark.parametrize("role", ["translator", "editor"])
def test_others_may_do_without(role, time_machine):
    make_user(role, name="saran")
    sign_in("saran")
    time_machine.shift(30 * DAY)

    client = sign_in("saran").client
    assert look(client) == (200, None)
    assert "second factor by" not in client.get(PAGE).content.decode()


def test_removing_it_gives_no_second_week(time_machine):
    user = make_user("publisher", name="bold")
    sign_in("bold")
    add_second_factor(user)
    time_machine.shift(7 * DAY)
    client = sign_in("bold", code=code_now()).client

    client.post(PAGE, {"password": PASSWORD, "_remove": "1"})

    assert look(client) == NO_TIME_LEFT
