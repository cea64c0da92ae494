"""How static files are stored: compressed, named by their content, the stylesheet in one piece, and
without what only those read who write them."""

import re

from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/site.css"
IMPORT = re.compile(r'@import url\("([\w-]+\.css)"\);')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# In no script a text goes over several lines
INDENTS = re.compile(r"^\s*//.*\n|^ +", re.MULTILINE)
OUR_SCRIPT = re.compile(r"js/[\w-]+\.js")
SPACES = re.compile(r"\s+")
AROUND_SIGNS = re.compile(r";? ?([{};]) ?|(?<=[:,]) ")


class SiteStorage(CompressedManifestStaticFilesStorage):
    """Puts the files that site.css imports in their places, so that a reader waits for one."""

    def create_compressor(self, **options):
        """Without maps of scripts, which only those who write them fetch: compressing them takes
        longer than all the rest."""
        skipped = options.pop("extensions", None) or Compressor.SKIP_COMPRESS_EXTENSIONS
        return super().create_compressor(extensions=(*skipped, "map"), **options)

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run and STYLESHEET in paths:
            # What was collected before may be the whole already: the source has the imports
            source = read(*paths[STYLESHEET])
            whole = IMPORT.sub(lambda found: read(*paths[f"css/{found[1]}"]), source)
            self.delete(STYLESHEET)
            small = AROUND_SIGNS.sub(r"\1", SPACES.sub(" ", whole))
            self.save(STYLESHEET, ContentFile(small.encode()))
            paths[STYLESHEET] = (self, STYLESHEET)
        if not dry_run:
            for name in [name for name in paths if OUR_SCRIPT.fullmatch(name)]:
                source = read_text(*paths[name])
                self.delete(name)
                self.save(name, ContentFile(INDENTS.sub("", source).encode()))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)


def read(storage, name):
    return COMMENT.sub("", read_text(storage, name))


def read_text(storage, name):
    with storage.open(name) as file:
        return file.read().decode()
