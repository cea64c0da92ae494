"""What is for programs shows no picture that was withdrawn."""

from pathlib import PurePosixPath

import pytest

from editorial.withdrawing import withdraw
from tests.factories import make_event, make_picture

DOCUMENTS = ["/en/history.json", "/en/data/entries.json", "/en/feed.xml", "/en/history/1961/"]


@pytest.mark.django_db
def test_no_document_and_no_page_names_a_withdrawn_picture(process):
    picture = make_picture()
    make_event(year=1961, picture=picture)
    reader = process.reader()
    process.notices()
    before = [picture.folder in reader.get(path).text for path in DOCUMENTS]

    withdraw(picture)
    process.notices()

    assert any(before)
    name = PurePosixPath(picture.file.name).stem  # which its folder begins with, and share pictures
    assert [path for path in DOCUMENTS if name in reader.get(path).text] == []
