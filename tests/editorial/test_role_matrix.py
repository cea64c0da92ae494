"""Every address of the admin answers each person as tests/editorial/roles_matrix.py declares."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory

from editorial.drafts import Draft
from tests.editorial.matrix_world import World, label, taken_back, walk
from tests.editorial.roles_matrix import ACTIONS, ADDRESSES, PEOPLE, declaring, read

pytestmark = pytest.mark.django_db

WALK = list(walk())


def actions_of(model_admin, user):
    request = RequestFactory().get("/")
    request.user = user
    return model_admin.get_actions(request)


# Every action there is, by the model whose list has it
OFFERED = [
    (f"{label(model)} {action}", model_admin, action)
    for model, model_admin in admin.site._registry.items()
    for action in actions_of(model_admin, User(is_superuser=True))
]


@pytest.fixture
def world():
    """One for all that is asked in a test, as each request is taken back."""
    return World()


def declared(table, name, kind):
    row = declaring(table, name)
    assert row, (
        f"Nobody has said who may use “{name}”. Add a row of that name to {kind} in "
        "tests/editorial/roles_matrix.py, or its model to one of the GROUPS there."
    )
    return read(table)[row]


def test_every_address_answers_everybody_as_declared(world, subtests):
    for name, route in WALK:
        with subtests.test(name), taken_back():
            wanted = declared(ADDRESSES, name, "ADDRESSES")
            if name.endswith(" version"):
                Draft.objects.all().delete()  # nothing is put back over what waits
            addresses = {person: world.address(name, route, person) for person in PEOPLE}
            body = world.body(name, addresses["superuser"])
            world.remember()

            found = {
                person: world.ask(person, "get", address) + world.ask(person, "post", address, body)
                for person, address in addresses.items()
            }

            assert found == wanted


def test_every_action_is_done_for_whom_it_is_declared_and_offered_to_nobody_else(world, subtests):
    for name, model_admin, action in OFFERED:
        with subtests.test(name), taken_back():
            wanted = declared(ACTIONS, name, "ACTIONS")
            address = f"/en/admin/{label(model_admin.model).replace('.', '/')}/"
            row = world.rows[label(model_admin.model)]
            body = {"action": action, "_selected_action": row.pk, "post": "yes"}
            world.remember()

            found = {person: world.ask(person, "post", address, body) for person in PEOPLE}

            assert found == wanted
            sees_it = [one for one in PEOPLE if action in actions_of(model_admin, world[one])]
            assert sees_it == [one for one in PEOPLE if wanted[one] in "wp"]


@pytest.mark.parametrize(
    ("table", "names"),
    [(ADDRESSES, [name for name, _route in WALK]), (ACTIONS, [name for name, *_rest in OFFERED])],
)
def test_every_row_tells_of_something_that_is_there(table, names):
    used = {declaring(table, name) for name in names}

    assert [row for row in read(table) if row not in used] == []
