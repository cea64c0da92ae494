"""How static files are stored: compressed, named by their content, the stylesheet in one piece."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/site.css"
IMPORT = re.compile(r'@import url\("([\w-]+\.css)"\);')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class SiteStorage(CompressedManifestStaticFilesStorage):
    """Puts the files that site.css imports in their places, so that a reader waits for one."""

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run and STYLESHEET in paths:
            whole = IMPORT.sub(lambda found: self.text(f"css/{found[1]}"), self.text(STYLESHEET))
            self.delete(STYLESHEET)
            self.save(STYLESHEET, ContentFile(re.sub(r"\s+", " ", whole).encode()))
            paths[STYLESHEET] = (self, STYLESHEET)
        yield from super().post_process(paths, dry_run, **options)

    def text(self, name):
        with self.open(name) as file:
            return COMMENT.sub("", file.read().decode())
