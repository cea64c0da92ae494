"""Errors are told by mail once an hour, without anybody's data."""

import logging
import os
import subprocess
import sys
import threading
import time

import pytest
import time_machine

from amnesty_site.environment import make_mail
from amnesty_site.error_mail import EVERY, HourlyMail
from tests.mail_server import running_mail_server
from tests.server import ROOT

SECRET = "reader@example.org 203.0.113.7"


@pytest.fixture
def mail_server(settings):
    with running_mail_server() as server:
        for name, value in make_mail(server.url).items():
            setattr(settings, name, value)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.ERRORS_TO, settings.SERVER_EMAIL = ["help@example.org"], "help@example.org"
        yield server


@pytest.fixture
def handler(tmp_path, mail_server):
    handler = HourlyMail(tmp_path)
    yield handler
    if handler.timer:
        handler.timer.cancel()


def fail(handler, kind=ValueError):
    """An error as Django logs it, full of what somebody sent."""
    query = SECRET
    logger = logging.Logger("django.request")
    logger.addHandler(handler)
    try:
        raise kind(f"cannot read {query}")
    except kind:
        logger.exception("Internal Server Error: %s", f"/en/search/?q={query}")


def ended(handler):
    """Waits until no mail is on its way."""
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer) and thread.function == handler.send:
            thread.join(30)


def test_the_first_error_is_mailed_at_once_with_its_place_and_nothing_of_the_request(
    handler, mail_server
):
    fail(handler)

    (mail,) = mail_server.wait_for(1)
    text = mail.get_content().replace("\r\n", "\n")
    assert mail["To"] == "help@example.org"
    assert mail["Subject"] == "[localhost:8000] 1 error"
    assert "1 × ERROR django.request: Internal Server Error: %s\nbuiltins.ValueError\n" in text
    assert f"{__file__}:" in text
    assert not any(part in mail.as_string() for part in ["reader@", "203.0", "search"])


def test_those_of_the_next_hour_are_mailed_together_when_it_is_over(handler, mail_server):
    fail(handler)
    mail_server.wait_for(1)
    ended(handler)
    for kind in (ValueError, ValueError, KeyError):
        fail(handler, kind)
    assert EVERY - 60 < handler.timer.interval <= EVERY
    assert len(mail_server.mails) == 1

    handler.timer.function()  # the hour is over

    text = mail_server.wait_for(2)[1].get_content()
    assert [line[:3] for line in text.splitlines() if "×" in line] == ["2 ×", "1 ×"]


def test_processes_of_a_machine_mail_once_together(handler, mail_server, tmp_path):
    other = HourlyMail(tmp_path)
    fail(handler)
    mail_server.wait_for(1)
    ended(handler)

    fail(other)
    fail(handler)
    other.timer.cancel()
    handler.timer.cancel()
    other.send()
    handler.send()

    (_first, mail) = mail_server.wait_for(2)
    assert "2 × ERROR" in mail.get_content()
    assert len(mail_server.mails) == 2


def test_what_could_not_be_sent_is_told_with_the_next(handler, mail_server, capsys):
    mail_server.refuses = True
    fail(handler)
    ended(handler)
    assert "script/manage doctor --mail" in capsys.readouterr().err
    mail_server.refuses = False

    fail(handler)
    handler.timer.cancel()
    handler.send()

    assert "2 × ERROR" in mail_server.wait_for(1)[0].get_content()


def test_a_storm_of_different_errors_stays_one_short_mail(handler, mail_server):
    fail(handler)
    mail_server.wait_for(1)
    ended(handler)
    for number in range(120):
        fail(handler, type(f"Error{number}", (Exception,), {}))
    handler.timer.cancel()

    handler.send()

    text = mail_server.wait_for(2)[1].get_content()
    assert "70 × other errors" in text
    assert len(text) < 30_000


def test_a_clock_that_is_set_back_delays_no_mail_by_more_than_an_hour(handler, mail_server):
    fail(handler)
    mail_server.wait_for(1)
    ended(handler)

    with time_machine.travel(time.time() - 30 * 24 * 3600, tick=False):
        fail(handler)

    assert handler.timer.interval == EVERY


def test_the_doctor_sends_a_mail_by_the_settings_of_the_site(tmp_path):
    with running_mail_server() as server:
        environment = {"EMAIL_URL": server.url, "ERRORS_TO": "help@example.org, two@example.org"}
        result = subprocess.run(
            [sys.executable, "manage.py", "doctor", "--mail"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **environment},
            capture_output=True,
            text=True,
        )

        assert "A mail was sent to help@example.org, two@example.org." in result.stdout
        assert server.wait_for(1)[0]["Subject"] == "[localhost:8000] A test"


def test_an_error_that_comes_while_a_mail_is_sent_is_told_an_hour_later(handler, mail_server):
    fail(handler)
    with mail_server.came:  # the server takes the mail only after this
        while not (handler.path.exists() and "mailed_at" in handler.path.read_text()):
            time.sleep(0.01)
        fail(handler)

    assert EVERY - 60 < handler.timer.interval <= EVERY
    handler.timer.function()
    assert "1 × ERROR" in mail_server.wait_for(2)[1].get_content()
