import shutil
import subprocess
import sys

import polib
import pytest
from django.conf import settings

SOURCE = settings.LOCALE_PATHS[0] / "mn" / "LC_MESSAGES" / "django.po"


def test_the_mongolian_catalogue_is_complete():
    catalogue = polib.pofile(str(SOURCE))

    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


@pytest.mark.skipif(
    not shutil.which("xgettext"), reason="no xgettext; on Debian: apt-get install gettext"
)
def test_the_mongolian_catalogue_has_every_text_of_the_code(tmp_path):
    ignored = shutil.ignore_patterns(".*", "var", "node_modules", "*.mo")
    copy = shutil.copytree(settings.BASE_DIR, tmp_path / "site", ignore=ignored)
    subprocess.run([sys.executable, "manage.py", *MAKE_MESSAGES], cwd=copy, check=True)
    made = polib.pofile(str(copy / SOURCE.relative_to(settings.BASE_DIR)))
    kept = polib.pofile(str(SOURCE))

    assert texts(made) == texts(kept)


MAKE_MESSAGES = ["makemessages", "-v0", "-l", "mn", "--no-location", "-i", "tests"]


def texts(catalogue):
    return {(entry.msgctxt, entry.msgid, entry.obsolete) for entry in catalogue}
