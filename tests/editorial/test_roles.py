"""Who may do what. A role has these rights, whatever somebody made of its group."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from editorial.entries import subjects
from editorial.models import Theme
from editorial.roles import Role, may
from tests.desk import Desk, make_user
from tests.factories import make_event
from timeline.models import Decade, TimelineEvent

pytestmark = pytest.mark.django_db

RIGHTS = {
    "translator": {"view", "translate"},
    "editor": {"view", "translate", "change", "add"},
    "publisher": {"view", "translate", "change", "add", "publish", "delete"},
    "administrator": {"view"},
}


@pytest.mark.parametrize("role", Role.values)
def test_a_role_has_its_rights_on_every_subject(role):
    user = make_user(role)
    actions = ["view", "translate", "change", "add", "publish", "delete"]

    has = {
        model: {action for action in actions if may(user, action, model)} for model in subjects()
    }

    wanted = dict.fromkeys(subjects(), RIGHTS[role])
    if role == "editor":  # what has no state of its own is published when it is added
        wanted |= {model: RIGHTS[role] - {"add"} for model in (Theme, Decade)}
    assert has == wanted


def test_a_changed_group_is_put_right_by_the_next_migration():
    group = Group.objects.get(name="translator")
    before = set(group.permissions.all())
    group.permissions.set(Permission.objects.filter(codename="delete_user"))

    call_command("migrate", verbosity=0)

    assert set(group.permissions.all()) == before


def test_an_administrator_adds_people_and_gives_them_roles():
    desk = Desk("administrator")
    roles = [Group.objects.get(name=name).pk for name in ("editor", "translator")]
    data = {"username": "saran", "password1": "a long new password", "groups": roles}

    desk.client.post("/en/admin/auth/user/add/", data | {"password2": data["password1"]})

    user = User.objects.get(username="saran")
    assert (user.is_staff, user.is_superuser, user.groups.count()) == (True, False, 2)
    assert may(user, "change", TimelineEvent)


def test_an_administrator_makes_nobody_almighty():
    desk = Desk("administrator")
    everything = [p.pk for p in Permission.objects.all()]
    data = {"username": desk.user.username, "is_superuser": "on", "is_active": "on"}

    desk.client.post(
        f"/en/admin/auth/user/{desk.user.pk}/change/", data | {"user_permissions": everything}
    )

    user = User.objects.get(pk=desk.user.pk)
    assert (user.is_superuser, user.user_permissions.count()) == (False, 0)


def test_an_administrator_does_not_reach_who_is_almighty():
    mighty = User.objects.create_superuser("root", password="a long password for tests")
    desk = Desk("administrator")

    address = f"/en/admin/auth/user/{mighty.pk}/"
    answers = [desk.client.post(address + end, {}) for end in ("password/", "change/", "delete/")]

    # Django answers 404 where it looks itself, and leads away where its form would have
    assert [answer.status_code for answer in answers] == [404, 302, 302]


def test_rights_add_up():
    user = make_user("translator", "administrator")

    assert may(user, "translate", Decade)
    assert user.has_perm("auth.add_user")


def test_a_translator_opens_an_entry_to_read_it_and_cannot_save_it():
    event = make_event(title_en="As it was")
    desk = Desk("translator")

    answer = desk.client.get(desk.address(event))
    assert (answer.status_code, 'name="_save"' in answer.content.decode()) == (200, False)
    assert desk.send(event, {"title_en": "New"}, "_publish").status_code == 403
    event.refresh_from_db()
    assert event.title_en == "As it was"
