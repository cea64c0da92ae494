"""Wrong tries slow one account down; nobody learns from an answer which account there is."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from editorial.signing_in import tries
from editorial.signing_in.models import Tries
from tests.desk import PASSWORD, Desk, make_user
from tests.signing_in import add_second_factor, is_signed_in, said, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

WRONG = (
    "Name, password or code is wrong. Mind capital letters. If you have set up a second "
    "factor, you need a new code each time."
)
WAIT = "There were too many tries with this name. Try again in 5 seconds."


@pytest.fixture
def saran():
    return make_user("editor", name="saran")


def fail(name, times=5, **options):
    return [said(sign_in(name, "no password of mine", **options)) for _ in range(times)]


def test_five_wrong_tries_make_one_account_wait_and_nobody_else(saran):
    make_user("editor", name="bold")

    assert fail("saran", 6) == [[WRONG]] * 5 + [[WAIT]]
    assert said(sign_in("saran")) == [WAIT]
    assert is_signed_in(sign_in("bold"))


def test_whoever_waited_signs_in_and_begins_anew(saran, time_machine):
    fail("saran")
    time_machine.shift(5)

    assert is_signed_in(sign_in("saran"))
    assert fail("saran", 6) == [[WRONG]] * 5 + [[WAIT]]


def test_each_wait_is_twice_as_long_as_the_one_before_up_to_a_quarter_of_an_hour():
    waits = [tries.wait_after(count) for count in range(1, 15)]

    assert waits == [0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]


def test_trying_while_one_has_to_wait_makes_it_no_longer(saran, time_machine):
    fail("saran", 20)
    time_machine.shift(5)

    assert fail("saran", 2) == [[WRONG], [WAIT.replace("5", "10")]]


def test_wrong_tries_are_forgotten_after_an_hour(time_machine):
    fail("saran")
    time_machine.shift(3601)

    assert fail("saran", 6) == [[WRONG]] * 5 + [[WAIT]]


def test_a_clock_that_was_put_back_keeps_nobody_out(saran, time_machine):
    fail("saran")
    time_machine.shift(-24 * 3600)

    assert is_signed_in(sign_in("saran"))


def test_a_name_is_the_same_however_it_is_written():
    fail("ＳＡＲＡＮ", 3)
    fail("Saran", 2)

    assert fail("saran", 1) == [[WAIT]]


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [
        (1, "Try again in 1 second."),
        (60, "Try again in 60 seconds."),
        (61, "Try again in 2 minutes."),
        (900, "Try again in 15 minutes."),
    ],
)
def test_the_sentence_says_when_to_try_again(seconds, sentence):
    assert tries.please_wait(seconds) == f"There were too many tries with this name. {sentence}"


class CountingHasher(MD5PasswordHasher):
    done = 0

    def encode(self, *args):
        CountingHasher.done += 1
        return super().encode(*args)


def test_an_answer_does_not_tell_what_was_wrong(settings):
    """The same page, after the same work: as many hashes and the same queries."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    add_second_factor(make_user("publisher", name="codes"))
    make_user("editor", name="plain")
    make_user("editor", name="gone", is_active=False)
    User.objects.create_user("reader", password=PASSWORD)
    wrong = [(name, {}) for name in ("codes", "gone", "reader")]
    wrong += [(name, {"password": "not this one"}) for name in ("codes", "plain", "gone")]

    answers = set()
    for name, options in [("nobody", {}), *wrong]:
        Tries.objects.all().delete()
        answers.add(told(name, **options))

    assert len(answers) == 1


def told(name, **options):
    """What a try tells: the page, its status, and the work it took."""
    CountingHasher.done = 0
    with CaptureQueriesContext(connection) as queries:
        answer = sign_in(name, **options)
    page = re.sub(r'value="[\w]{64}"', "", answer.content.decode()).replace(name, "NAME")
    return page, answer.status_code, len(queries), CountingHasher.done


def test_an_answer_to_who_has_to_wait_is_the_same_for_a_name_that_is_not_there(saran):
    fail("saran"), fail("nobody")

    assert told("saran") == told("nobody")


def test_a_browser_that_was_signed_in_before_does_not_wait_for_what_others_tried(saran):
    own = sign_in("saran").client
    own.post("/en/admin/logout/")
    fail("saran", 6)

    assert said(sign_in("saran")) == [WAIT]
    assert is_signed_in(sign_in("saran", client=own))


def test_a_browser_that_was_signed_in_before_has_tries_of_its_own(saran):
    own = sign_in("saran").client
    own.post("/en/admin/logout/")

    assert fail("saran", 6, client=own) == [[WRONG]] * 5 + [[WAIT]]
    assert fail("saran", 1) == [[WRONG]]


def test_somebody_is_told_of_what_others_tried(saran):
    own = sign_in("saran").client
    fail("saran", 4)
    assert warnings(sign_in("saran", client=own)) == []
    fail("saran", 1)

    assert warnings(sign_in("saran", client=own)) == [
        "In another browser, 5 tries to sign in with your name were wrong within the last hour. "
        "If they were not yours, tell an administrator."
    ]


def warnings(answer):
    page = answer.client.get("/en/admin/").content.decode()
    return re.findall('<li class="warning">(.*?)</li>', page)


def test_the_note_in_a_browser_is_for_one_account_and_cannot_be_made_up(saran):
    own, forged = sign_in("saran").client, Client()
    kept = own.cookies["signed-in-before"]
    assert (kept["httponly"], kept["samesite"], kept["max-age"]) == (True, "Lax", 365 * 24 * 3600)
    assert "saran" not in kept.value
    forged.cookies["signed-in-before"] = f"{tries.keyed('saran')}:mark"
    own.post("/en/admin/logout/")
    fail("saran"), fail("bold")

    assert said(sign_in("saran", client=forged)) == [WAIT]
    assert said(sign_in("bold", client=own)) == [WAIT]


def test_what_is_kept_names_nobody_and_no_address():
    fail("saran", 2)

    columns = {field.name for field in Tries._meta.fields}
    assert columns == {"id", "name", "browser", "count", "last_at", "next_at"}
    assert Tries.objects.values("name", "browser", "count").get() == {
        "name": tries.keyed("saran"),
        "browser": "",
        "count": 2,
    }
    assert re.fullmatch("[0-9a-f]{64}", tries.keyed("saran"))


def test_another_secret_key_makes_another_name_of_it(settings):
    before = tries.keyed("saran")
    settings.SECRET_KEY = "another"

    assert tries.keyed("saran") != before


def test_the_table_stays_small_whatever_names_are_tried(monkeypatch, time_machine):
    monkeypatch.setattr(tries, "MOST_ROWS", 3)
    for name in ("a", "b", "c", "d", "e"):
        fail(name, 1)
        time_machine.shift(1)
    kept = set(Tries.objects.values_list("name", flat=True))
    time_machine.shift(3600)
    fail("f", 1)

    assert kept == {tries.keyed(name) for name in ("c", "d", "e")}
    assert Tries.objects.get().name == tries.keyed("f")


def test_whoever_is_signed_in_cannot_try_passwords_without_end_either():
    desk = Desk("editor", name="saran")
    sent = {"old_password": "wrong", "new_password1": "x", "new_password2": "x"}

    errors = [
        desk.client.post("/en/admin/password_change/", sent).context["form"].errors["old_password"]
        for _ in range(6)
    ]

    assert errors == [["This is not your password. Type it again."]] * 5 + [[WAIT]]
    assert is_signed_in(sign_in("saran"))


def test_a_command_lets_somebody_in_at_once(saran, capsys):
    own = sign_in("saran").client
    fail("saran"), fail("saran", client=own)

    call_command("let_in", "saran")

    assert capsys.readouterr().out == "“saran” may try to sign in at once.\n"
    assert is_signed_in(sign_in("saran", client=own))
    assert fail("saran", 1) == [[WRONG]]


def test_the_command_says_when_there_is_no_such_account():
    with pytest.raises(CommandError, match="There is no account “nobody”"):
        call_command("let_in", "nobody")


@pytest.mark.parametrize(
    ("password", "problems"),
    [
        ("thirteen char", ["This password is too short. It must contain at least 14 characters."]),
        ("telechargement", ["This password is too common."]),
        ("ч" * 4097, ["Your password may have 4096 characters at most."]),
        ("нууц үг минь урт", []),
    ],
)
def test_a_password_is_long_and_not_common_and_needs_nothing_else(password, problems):
    desk = Desk("editor", name="saran")
    sent = {"old_password": "a long password for tests", "new_password1": password}

    answer = desk.client.post("/en/admin/password_change/", sent | {"new_password2": password})

    errors = answer.context["form"].errors.get("new_password2", []) if answer.context else []
    assert errors == problems


def test_a_password_far_too_long_is_refused_before_it_is_hashed(saran, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    CountingHasher.done = 0

    answer = sign_in("saran", "x" * 1_000_000)

    assert (answer.status_code, CountingHasher.done) == (200, 0)
