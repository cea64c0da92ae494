"""A phone's code beside the password: set up, asked for, lost, and when it must be there."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.test import Client

from editorial.signing_in import totp
from editorial.signing_in.models import SecondFactor
from tests.desk import PASSWORD, Desk, make_user
from tests.signing_in import (
    PAGE,
    SECRET,
    add_second_factor,
    code_now,
    is_signed_in,
    said,
    set_up,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to("2026-03-01T04:00Z", tick=False)


@pytest.fixture
def saran():
    return make_user("editor", name="saran")


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_a_code_is_what_the_standard_says(seconds, code):
    """The test vectors of RFC 6238, appendix B."""
    assert totp.make_code(SECRET, seconds // totp.SECONDS, digits=8) == code


def test_a_code_of_now_signs_in_and_of_half_a_minute_before_or_after_too(saran):
    for steps, signs_in in [(-2, False), (-1, True), (0, True), (1, True), (2, False)]:
        add_second_factor(saran)

        assert is_signed_in(sign_in("saran", code=code_now(steps))) == signs_in


def test_a_code_may_be_typed_with_spaces(saran):
    add_second_factor(saran)
    code = code_now()

    assert is_signed_in(sign_in("saran", code=f" {code[:3]} {code[3:]}"))


@pytest.mark.parametrize("code", ["", "000000", "١٢٣٤٥٦", "x" * 40, "0" * 20])
def test_the_password_alone_or_another_code_signs_nobody_in(saran, code):
    add_second_factor(saran)

    answer = sign_in("saran", code=code)

    assert (is_signed_in(answer), len(said(answer))) == (False, 1)


def test_no_code_is_taken_twice_nor_one_before_it(saran):
    add_second_factor(saran)
    before, now = code_now(-1), code_now()

    assert [is_signed_in(sign_in("saran", code=code)) for code in (now, now, before)] == [
        True,
        False,
        False,
    ]


def test_a_code_sent_twice_at_once_is_taken_once(saran):
    """Both have read the row before either takes the code."""
    paper = add_second_factor(saran)[0]
    one, other = SecondFactor.objects.get(), SecondFactor.objects.get()
    assert [factor.takes(paper) for factor in (one, other)] == [True, False]
    one, other = SecondFactor.objects.get(), SecondFactor.objects.get()
    assert [factor.takes(code_now()) for factor in (one, other)] == [True, False]


def test_codes_cannot_be_guessed_faster_than_passwords(saran):
    add_second_factor(saran)
    wrong = [said(sign_in("saran", code="000000")) for _ in range(6)]

    assert wrong[5] != wrong[4] == wrong[0]
    assert not is_signed_in(sign_in("saran", code=code_now()))


def test_a_recovery_code_signs_in_once(saran):
    codes = add_second_factor(saran)
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"\d{4}( \d{4}){4}", code) for code in codes)

    answers = [is_signed_in(sign_in("saran", code=code)) for code in (codes[3], codes[3], codes[4])]

    assert answers == [True, False, True]
    assert SecondFactor.objects.get().recovery_left == 8


def test_recovery_codes_are_not_kept_as_they_are(saran):
    codes = add_second_factor(saran)

    kept = SecondFactor.objects.get().recovery
    assert re.fullmatch(r"[0-9a-f]{64}( [0-9a-f]{64}){9}", kept)
    assert [code for code in codes if code.replace(" ", "") in kept] == []


def test_somebody_sets_it_up_and_signs_in_with_it():
    desk = Desk("editor", name="saran")

    page = set_up(desk.client).content.decode()

    codes = re.findall(r"<code>([\d ]+)</code>", page)
    secret = SecondFactor.objects.get().secret
    assert len(codes) == 10
    assert not is_signed_in(sign_in("saran"))
    assert not is_signed_in(sign_in("saran", code=code_now(secret=secret)))  # the one it confirmed
    assert is_signed_in(sign_in("saran", code=code_now(1, secret=secret)))
    assert is_signed_in(sign_in("saran", code=codes[0]))
    again = desk.client.get(PAGE).content.decode()
    assert "9 recovery codes are left" in again
    assert [code for code in codes if code in again] == []


@pytest.mark.parametrize(
    ("sent", "field"), [({"code": "000000"}, "code"), ({"password": "wrong"}, "password")]
)
def test_it_is_not_set_up_without_the_password_and_a_code(sent, field):
    answer = set_up(Desk("editor").client, **sent)

    assert list(answer.context["form"].errors) == [field]
    assert not SecondFactor.objects.exclude(secret="").exists()


def test_the_picture_says_to_a_phone_what_the_letters_do(settings):
    settings.MAIN_HOST = "amnesty.example"
    client = Desk("editor", name="saran").client
    assert client.get(f"{PAGE}code.svg").status_code == 404
    client.get(PAGE)

    answer = client.get(f"{PAGE}code.svg")

    svg = answer.content.decode()
    assert (answer["Content-Type"], "style" in svg) == ("image/svg+xml", False)
    assert "no-store" in answer["Cache-Control"]
    assert totp.address("ABC", "amnesty.example", "саран") == (
        "otpauth://totp/amnesty.example:%D1%81%D0%B0%D1%80%D0%B0%D0%BD"
        "?secret=ABC&issuer=amnesty.example"
    )


def test_new_recovery_codes_replace_the_old_ones():
    desk = Desk("editor", name="saran")
    old = add_second_factor(desk.user)

    page = desk.client.post(PAGE, {"password": PASSWORD, "_renew": "1"}).content.decode()

    new = re.findall(r"<code>([\d ]+)</code>", page)
    assert not is_signed_in(sign_in("saran", code=old[0]))
    assert is_signed_in(sign_in("saran", code=new[0]))


def test_another_phone_takes_the_place_of_the_first():
    desk = Desk("editor", name="saran")
    add_second_factor(desk.user)

    desk.client.get(f"{PAGE}?new")
    secret = desk.client.session["new_secret"]
    sent = {"password": PASSWORD, "code": code_now(secret=secret)}
    answer = desk.client.post(f"{PAGE}?new", sent)

    assert answer.status_code == 200
    assert SecondFactor.objects.get().secret == secret


def test_it_is_removed_with_the_password_alone_and_not_without():
    desk = Desk("editor", name="saran")
    add_second_factor(desk.user)

    desk.client.post(PAGE, {"password": "wrong", "_remove": "1"})
    assert SecondFactor.objects.get().secret == SECRET
    desk.client.post(PAGE, {"password": PASSWORD, "_remove": "1"})

    assert is_signed_in(sign_in("saran"))
    assert not SecondFactor.objects.exclude(recovery="").exists()


def remove(desk, *users):
    action = {"action": "remove_second_factor", "_selected_action": [user.pk for user in users]}
    return desk.client.post("/en/admin/auth/user/", action)


def test_an_administrator_removes_that_of_a_colleague_and_nobody_their_own(saran):
    desk, own = Desk("administrator", name="bold"), sign_in("saran").client
    add_second_factor(saran), add_second_factor(desk.user)

    remove(desk, saran, desk.user)

    assert SecondFactor.objects.exclude(secret="").get().user == desk.user
    assert own.get("/en/admin/").status_code == 302  # signed out everywhere
    (entry,) = LogEntry.objects.all()
    assert (entry.user, entry.object_repr) == (desk.user, "saran")
    assert entry.get_change_message() == "Deleted second factor “saran”."


def test_an_administrator_sees_who_has_one(saran):
    desk = Desk("administrator", name="bold")
    add_second_factor(saran)

    page = desk.client.get("/en/admin/auth/user/").content.decode()

    assert re.findall('class="field-second">(.*?)<', page) == ["No", "Yes"]


def test_a_command_lets_in_who_has_lost_everything(saran, capsys):
    add_second_factor(saran)

    call_command("let_in", "saran", without_second_factor=True)

    assert capsys.readouterr().out.endswith(
        "The password alone is enough now. Set up a new second factor next.\n"
    )
    logged = LogEntry.objects.get()
    assert (logged.object_repr, logged.get_change_message()) == (
        "saran",
        "Whoever runs the machine removed the second factor.",
    )
    assert is_signed_in(sign_in("saran"))


def test_nobody_else_reaches_the_pages():
    client = Client()

    for path in (PAGE, f"{PAGE}code.svg"):
        answer = client.get(path)
        assert (answer.status_code, answer.url) == (302, f"/en/admin/login/?next={path}")
