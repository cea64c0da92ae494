"""Forms that nobody's page would send: they change nothing they must not, and break nothing."""

import pytest
from django.contrib.auth.models import Group, User

from editorial import values
from editorial.drafts import Draft
from editorial.review import Translation
from tests.desk import Desk, form_data
from tests.factories import make_achievement, make_campaign, make_event, make_page
from timeline.models import TimelineEvent

pytestmark = pytest.mark.django_db


def translate(desk, entry, button="_save", **changes):
    """Opens the form of an entry's translation, changes fields and presses a button."""
    address = f"/en/admin/editorial/translation/{Translation.objects.for_entry(entry).pk}/change/"
    data = form_data(desk.client.get(address).context)
    return desk.client.post(address, data | changes | {button: "1"})


def test_a_translator_changes_nothing_but_the_words_of_the_other_language():
    event = make_event(title_en="Hello", title_mn="Сайн уу")
    before = values.read(event)
    others = {"title_en": "X", "year": 1990, "slug": "x", "published_at": "", "themes": [1]}
    buttons = {"source_language": "mn", "public": ["en", "mn"], "_unpublish": "1", "_discard": "1"}

    translate(Desk("translator"), event, "_publish", title_mn="Сайн", **others, **buttons)

    assert values.read(TimelineEvent.objects.get()) == before
    assert [draft.values for draft in Draft.objects.all()] == [{"title_mn": "Сайн"}]


def test_another_source_language_that_waits_does_not_open_the_source_to_translators():
    event = make_event(title_en="Hello", title_mn="Сайн уу")
    Desk("editor").save(event, source_language="mn")

    translate(Desk("translator"), event, title_en="X", title_mn="Сайн")

    waiting = {name: value for draft in Draft.objects.all() for name, value in draft.values.items()}
    assert waiting == {"source_language": "mn", "title_mn": "Сайн"}


def test_a_translation_of_an_entry_that_is_against_the_rules_by_now_is_told_and_kept_in_the_form():
    event = make_event(published_at=None, title_mn="")
    TimelineEvent.objects.filter(pk=event.pk).update(body_en='<p><a href="no">x</a></p>')

    answer = translate(Desk("translator"), event, title_mn="Сайн уу")

    assert answer.status_code == 422
    assert "“no” is not a whole address." in answer.content.decode()
    assert answer.context["form"]["title_mn"].value() == "Сайн уу"


def test_an_editor_decides_about_no_time_and_no_language():
    event = make_event(published_at=None)
    typed = {"published_at": "2020-01-01", "published_at_0": "2020-01-01", "public": ["en"]}
    times = {"publish_at_0": "2020-01-01", "publish_at_1": "00:00:00", "published_at_1": "00:00"}

    for button in ("_publish", "_save", "_hand_in", "_unpublish", "_saveasnew", "_popup"):
        Desk("editor").save(event, button, title_en=button, **typed, **times)

    rows = TimelineEvent.objects.values_list("published_at", flat=True)
    assert list(rows) == [None]
    assert [draft.publish_at for draft in Draft.objects.all()] == [None]


def test_an_administrator_gets_no_right_that_is_no_role():
    desk = Desk("administrator")
    group = Group.objects.get(name="administrator")
    right = desk.user.get_all_permissions()
    address = f"/en/admin/auth/user/{desk.user.pk}/change/"
    everything = {"is_superuser": "on", "is_staff": "on", "user_permissions": [1, 2, 3]}

    data = form_data(desk.client.get(address).context) | everything | {"groups": [group.pk]}
    desk.client.post(address, data)
    new = {"username": "new", "password1": "a long new password"}
    new |= {"password2": new["password1"], **everything}
    desk.client.post("/en/admin/auth/user/add/", new)

    mighty = User.objects.filter(is_superuser=True) | User.objects.exclude(user_permissions=None)
    assert list(mighty) == []
    assert User.objects.get(pk=desk.user.pk).get_all_permissions() == right


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (make_event, "title_en"),
        (make_event, "slug"),
        (make_event, "staff_note"),
        (make_event, "body_mn"),
        (make_achievement, "text_mn"),
        (make_campaign, "asks_en"),
        (make_page, "title_en"),
    ],
)
def test_a_text_nobody_typed_is_refused_at_its_field_and_nothing_is_lost(make, field):
    entry, book = make(), "үг " * 1_000_000

    form = Desk("editor").save(entry, **{field: book}).context["adminform"].form

    assert list(form.errors) == [field]
    assert form[field].value() == book


NONSENSE = [
    {"title_en": "a\0b", "staff_note": "\0", "seen": "\0"},
    {"body_en": "<p>a\0b</p>"},
    {"year": "9" * 30, "order": "9" * 30},
    {"year": "１９６１"},
    {"public": ["\0", "fr"]},
    {"publish_at_0": "2024-13-45", "publish_at_1": "25:61"},
    {"publish_at_0": "9999-12-31", "publish_at_1": "23:59:59"},
    {"publish_at_0": "0001-01-01", "publish_at_1": "00:00:00"},
    {"themes": ["x", "-1", "1e9"]},
    {"themes": ["9" * 30]},
    {"figures-TOTAL_FORMS": "9" * 9, "figures-INITIAL_FORMS": "-1"},
    {"figures-TOTAL_FORMS": "1", "figures-INITIAL_FORMS": "1", "figures-0-id": "9" * 30},
    {"source_language": "fr"},
    {"seen": "[" * 100_000},
    {"seen": '[[["a"], 3]]'},
    {"seen": '{"figures": [], "title_en": {}}'},
]


@pytest.mark.parametrize("typed", NONSENSE, ids=lambda typed: str(typed)[:40])
def test_nonsense_is_no_fault_of_ours(typed):
    event = make_event()

    assert Desk("publisher").save(event, "_publish", **typed).status_code in (200, 302)


EDITED = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-order": 7, "_save": "1"}


@pytest.mark.parametrize("key", ["9" * 30, "-1", "x", "\0", ""])
@pytest.mark.parametrize(
    ("path", "role", "sent"),
    [
        ("campaigns/campaign", "publisher", {"action": "publish", "_selected_action": ""}),
        ("campaigns/campaign", "publisher", {"action": "delete_selected", "_selected_action": ""}),
        ("editorial/theme", "publisher", EDITED | {"form-0-id": ""}),
        ("auth/user", "administrator", {"action": "delete_selected", "_selected_action": ""}),
    ],
)
def test_a_list_answers_that_it_cannot_read_a_key_no_row_can_have(path, role, sent, key):
    answer = Desk(role).client.post(
        f"/en/admin/{path}/", {name: value or key for name, value in sent.items()}
    )

    assert answer.status_code == 400
    assert "The request could not be read" in answer.content.decode()


@pytest.mark.parametrize("name", ["id__in", "picture", "themes__id__in", "year__in"])
def test_a_filter_by_a_number_no_database_holds_finds_nothing_or_cannot_be_read(name):
    make_event()

    answer = Desk("editor").client.get(f"/en/admin/timeline/timelineevent/?{name}={'9' * 30}")

    found = answer.context["cl"].result_count if answer.status_code == 200 else None
    assert (answer.status_code, found) in [(200, 0), (400, None)]


@pytest.mark.parametrize("key", ["9" * 30, "x"])
def test_a_role_no_row_can_have_is_refused_at_its_field(key):
    desk = Desk("administrator")
    address = f"/en/admin/auth/user/{desk.user.pk}/change/"

    data = form_data(desk.client.get(address).context) | {"groups": [key]}
    form = desk.client.post(address, data).context["adminform"].form

    assert form.errors == {"groups": [f"“{key}” is not a valid value."]}
