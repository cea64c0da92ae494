"""Translations as files, from a terminal."""

import pytest
from django.core.management import CommandError, call_command

from editorial.drafts import Draft
from tests.factories import make_event, make_page
from tests.po import edited

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event(title_en="A candle", title_mn="Лаа", body_en="<p>It burns.</p>", body_mn="")


def test_the_commands_write_a_file_and_take_it_in_again(event, tmp_path, capsys):
    make_page()
    file = tmp_path / "mn.po"
    options = {"source": "en", "subject": "timeline.timelineevent"}
    call_command("export_translations", file, **options)
    file.write_text(file.read_text().replace('"Лаа"', '"Зул"'))

    call_command("import_translations", file)

    assert capsys.readouterr().out == "new: 1, as before: 1, refused: 0\n"
    assert Draft.objects.get().values == {"title_mn": "Зул"}


def test_the_import_fails_when_something_was_refused(event, tmp_path, capsys):
    file = tmp_path / "mn.po"
    file.write_text(str(edited(event, title="A flame", body="<p>Шатаж байна.</p>")))

    with pytest.raises(CommandError):
        call_command("import_translations", file)

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("This is not written in the language of the file: Монгол.")
    assert lines[1:] == ["new: 1, as before: 0, refused: 1"]
