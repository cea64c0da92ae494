"""The log of changes: every deed of staff, with who and when, for administrators to read."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User

from editorial.models import Picture
from tests.desk import PASSWORD, Desk
from tests.factories import make_event, make_picture
from tests.signing_in import PAGE, set_up
from visitors.models import VisitorCount

pytestmark = pytest.mark.django_db

NEW = "another long password for tests"


@pytest.fixture
def bold():
    return Desk("administrator", name="bold")


@pytest.fixture
def tuya():
    return Desk("publisher", name="tuya")


def logged():
    """Who did what to what, the first first."""
    entries = LogEntry.objects.order_by("pk")
    return [(str(entry.user), entry.object_repr, told(entry)) for entry in entries]


def told(entry):
    return entry.get_change_message() or entry.get_action_flag_display()


def test_it_has_what_is_done_to_accounts(bold):
    users, editor = "/en/admin/auth/user/", Group.objects.get(name="editor").pk
    made = {"username": "saran", "password1": NEW, "password2": NEW}
    bold.client.post(f"{users}add/", made)
    saran = User.objects.get(username="saran")
    account = f"{users}{saran.pk}/"
    bold.client.post(f"{account}change/", {"username": "saran", "groups": [editor]})
    bold.client.post(f"{account}password/", {"password1": NEW, "password2": NEW})
    bold.client.post(f"{account}delete/", {"post": "yes"})

    assert logged() == [
        ("bold", "saran", "Added."),
        ("bold", "saran", "Changed Active and Roles."),
        ("bold", "saran", "Changed password."),
        ("bold", "saran", "Deletion"),
    ]


def test_it_has_what_people_do_to_their_own_way_in(tuya):
    set_up(tuya.client)
    for button in ("_renew", "_remove"):
        tuya.client.post(PAGE, {"password": PASSWORD, button: "1"})
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    tuya.client.post("/en/admin/password_change/", sent)

    assert logged() == [
        ("tuya", "tuya", "Added second factor “tuya”."),
        ("tuya", "tuya", "Changed recovery codes."),
        ("tuya", "tuya", "Deleted second factor “tuya”."),
        ("tuya", "tuya", "Changed password."),
    ]


def test_it_has_what_is_published_scheduled_withdrawn_and_corrected(tuya, bold):
    event, picture = make_event(title_en="Candle"), make_picture(alt_en="A candle")
    later = {"publish_at_0": "2050-01-01", "publish_at_1": "12:00", "public": ["en", "mn"]}
    tuya.save(event, "_publish", title_en="Lit", **later)
    tuya.save(event, "_publish", **later | {"publish_at_0": "", "publish_at_1": ""})
    count = VisitorCount.objects.get_or_create(pk=1)[0]
    address = f"/en/admin/visitors/visitorcount/{count.pk}/change/"
    bold.client.post(address, {"new_total": "1961", "reason": "It was wrong"})
    tuya.client.post(tuya.address(picture, "delete"), {"post": "yes"})

    assert not Picture.objects.exists()
    assert [(who, what) for who, _name, what in logged()] == [
        ("tuya", "Changed title. Changed time of publishing."),
        ("tuya", "Changed what readers see."),
        ("bold", f"The count was corrected from {count.total:,} to 1,961. Reason: It was wrong"),
        ("tuya", "Deletion"),
    ]


def test_signing_in_and_out_is_no_change(tuya):
    tuya.client.post("/en/admin/logout/")

    assert logged() == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Took it off the site."), ("mn", "Сайтаас буулгасан.")],
)
def test_administrators_read_it_in_their_language(tuya, bold, language, said):
    event = make_event(title_en="Candle", title_mn="Candle")
    tuya.send(event, {}, "_unpublish")

    page = bold.client.get(f"/{language}/admin/admin/logentry/").content.decode()

    row = re.search("(?s)<tr>(?:(?!<tr>).)*field-what.*?</tr>", page)[0]
    assert "tuya" in row
    assert re.search('field-what">(.*?)<', row)[1] == said


def test_somebody_who_is_in_it_cannot_be_deleted_as_the_log_would_go_with_them(bold, tuya):
    tuya.save(make_event(), title_en="New")

    answer = bold.client.post(f"/en/admin/auth/user/{tuya.user.pk}/delete/", {"post": "yes"})

    assert (answer.status_code, logged()) == (403, [("tuya", "1961: New", "Changed title.")])


def test_it_knows_no_address_of_anybody():
    columns = {field.name for field in LogEntry._meta.fields}

    assert columns == {
        *("id", "action_time", "user", "content_type", "object_id", "object_repr"),
        *("action_flag", "change_message"),
    }
