"""Pictures of the library: made ready when they are saved, shown with care, withdrawn wholly."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from editorial import drafts
from editorial.drafts import Draft
from editorial.history import Version
from editorial.pictures import Picture
from editorial.values import REST
from editorial.withdrawing import withdraw
from tests.desk import Desk
from tests.factories import make_achievement, make_campaign, make_event, make_picture, picture_bytes
from tests.uploads import TEXTS, files, upload

pytestmark = pytest.mark.django_db

QUERIES = 9


@pytest.mark.usefixtures("media_storage")
def test_an_editor_uploads_a_picture_and_it_is_made_ready():
    upload(Desk("editor"))

    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (1200, 900)
    assert picture.renditions["card"] != []
    made = {name.rpartition(".")[2] for name in files() if picture.folder in name}
    assert made == {"avif", "webp", "jpg"}


def test_a_translator_uploads_none():
    assert upload(Desk("translator")).status_code == 403
    assert files() == []


@pytest.mark.parametrize("data", [b"", b"<html>", picture_bytes("GIF", (9, 9))])
def test_what_is_refused_is_told_at_the_field_and_the_rest_is_kept(data):
    answer = upload(Desk("editor"), data=data)

    form = answer.context["adminform"].form
    assert (list(form.errors), form["alt_en"].value()) == (["file"], "A candle")
    assert (files(), Picture.objects.count()) == ([], 0)


@pytest.mark.usefixtures("media_storage")
def test_another_focal_point_makes_it_ready_anew_and_leaves_no_file_behind(
    django_capture_on_commit_callbacks,
):
    picture = make_picture()
    before = files()

    with django_capture_on_commit_callbacks(execute=True):
        picture.focal_x = 10
        picture.save()

    after = files()
    assert (len(after), set(after) & set(before)) == (len(before), {picture.file.name})


@pytest.mark.usefixtures("media_storage")
def test_a_replaced_file_shows_everywhere_and_the_old_one_is_gone(
    django_capture_on_commit_callbacks,
):
    picture = make_picture()
    make_campaign(slug="one", picture=picture), make_campaign(slug="two", picture=picture)
    before = files()

    with django_capture_on_commit_callbacks(execute=True):
        picture.file = SimpleUploadedFile("new.jpg", picture_bytes(size=(900, 900)))
        picture.full_clean()
        picture.save()

    assert set(files()) & set(before) == set()
    for slug in ("one", "two"):
        assert picture.folder in Client().get(f"/en/campaigns/{slug}/").content.decode()


@pytest.mark.parametrize("make", [make_campaign, make_event, make_achievement])
def test_a_page_shows_it_in_every_kind_and_size_with_its_description(make):
    entry = make(picture=make_picture(**TEXTS))

    page = Client().get(entry.get_absolute_url().partition("#")[0]).content.decode()

    shown = re.search(r"(?s)<picture>.*?</picture>", page)[0]
    assert re.findall(r'type="(.*?)"', shown) == ["image/avif", "image/webp"]
    assert 'alt="A candle"' in shown
    assert re.search(r'width="\d+" height="\d+"', shown)
    assert "Photo: B. Bat" in page


def test_a_decorative_picture_has_an_empty_description():
    entry = make_event(picture=make_picture(is_decorative=True, alt_en="", credit_en="Bat"))

    page = Client().get(entry.get_absolute_url().partition("#")[0]).content.decode()

    assert 'alt=""' in re.search(r"(?s)<picture>.*?</picture>", page)[0]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (
            {"alt_en": "A", "alt_mn": "А"},
            ["The picture needs a credit before it can be published."],
        ),
        (
            {"alt_en": "A", "credit_en": "B"},
            ["The picture needs a description in this language: Монгол."],
        ),
        (
            {**TEXTS, "shows_people": True, "review_on": timezone.localdate()},
            ["The people in the picture have not given their consent yet."],
        ),
    ],
)
def test_nothing_is_published_with_a_picture_that_lacks_what_readers_need(texts, told):
    nothing = dict.fromkeys(["alt_en", "alt_mn", "credit_en", "credit_mn"], "")
    picture = make_picture(**nothing | texts)
    event = make_event(published_at=None)
    drafts.keep(event, {"picture": picture.pk})

    answer = Desk("publisher").save(event, "_publish")

    assert answer.context["adminform"].form.errors["picture"] == told
    event.refresh_from_db()
    assert not event.is_published


def test_one_language_is_published_with_the_description_it_needs():
    picture = make_picture(alt_en="A candle", alt_mn="", credit_en="Bat")
    event = make_event(published_at=None, picture=picture)

    Desk("publisher").save(event, "_publish", public=["en"])

    event.refresh_from_db()
    assert event.is_published


def test_people_are_looked_at_again():
    with pytest.raises(ValidationError, match="Say by when"):
        make_picture(shows_people=True, consent=True)
    late = make_picture(shows_people=True, review_on=timezone.localdate())
    make_picture(shows_people=True, review_on=timezone.localdate() + timedelta(days=1))

    assert list(Picture.objects.to_review()) == [late]


@pytest.mark.usefixtures("media_storage")
def test_a_withdrawn_picture_is_nowhere(process):
    picture, reader = make_picture(**TEXTS), process.reader()
    campaign = make_campaign(slug="one", picture=picture)
    drafts.keep(make_event(), {"picture": picture.pk}, hand_in=True)
    folder, name = picture.folder, picture.file.name
    assert folder in reader.get("/en/campaigns/one/").text

    withdraw(picture)
    process.notices()

    assert files() == []
    assert (Picture.objects.count(), campaign.__class__.objects.get().picture) == (0, None)
    assert folder not in reader.get("/en/campaigns/one/").text
    told = [version.values for version in [*Version.objects.all(), *Draft.objects.all()]]
    assert [values for values in told if values.get("picture") or values.get("file") == name] == []


@pytest.mark.usefixtures("media_storage")
def test_a_publisher_withdraws_a_picture_in_one_step():
    picture = make_picture()
    desk = Desk("publisher")

    desk.client.post(desk.address(picture, "delete"), {"post": "yes"})

    assert (files(), Picture.objects.count()) == ([], 0)


def test_the_library_says_where_a_picture_is_used():
    picture, other = make_picture(), make_picture()
    event = make_event(picture=picture)
    make_campaign(picture=picture)
    desk = Desk("editor")

    rows = desk.client.get("/en/admin/editorial/picture/").context["cl"].result_list
    form = desk.client.get(desk.address(picture)).content.decode()

    assert {row: row.use_count for row in rows} == {picture: 2, other: 0}
    assert f'href="/en/admin/timeline/timelineevent/{event.pk}/change/"' in form


def test_the_library_asks_the_same_number_of_questions_for_one_and_for_five(
    django_assert_num_queries,
):
    desk = Desk("editor")
    for number in (1, 4):
        for _ in range(number):
            make_event(picture=make_picture())
        with django_assert_num_queries(QUERIES):
            desk.client.get("/en/admin/editorial/picture/")


def test_a_change_of_a_picture_readers_see_waits_and_of_another_does_not():
    shown, other = make_picture(**TEXTS), make_picture(**TEXTS)
    make_event(picture=shown)

    for picture in (shown, other):
        Desk("editor").save(picture, alt_en="A torch")

    shown.refresh_from_db(), other.refresh_from_db()
    assert (shown.alt_en, other.alt_en) == ("A candle", "A torch")


def test_a_version_put_back_leaves_the_file_as_it_is():
    picture = make_picture(alt_en="A candle")
    desk = Desk("publisher")
    desk.save(picture, "_publish", alt_en="A torch")
    first = Version.objects.of(picture).last()

    desk.client.post(desk.address(picture, "version", first.pk))

    picture.refresh_from_db()
    assert picture.alt_en == "A candle"
    assert default_storage.exists(picture.file.name)
    assert REST not in [draft.language for draft in Draft.objects.all()]
