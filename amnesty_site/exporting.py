"""The whole public site as a folder of files: opened from a stick, or served as a mirror.

Every page is what the site answers to a reader who has been counted, and links lead from file to
file. What only a server can do is done by `static/js/offline.js`: the search, and going to a year.
"""

import hashlib
import html
import io
import posixpath
import re
import shutil
import zipfile
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.core.wsgi import get_wsgi_application
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override

from amnesty_site.offline_search import pages, search_script
from amnesty_site.page_store import PageStore
from bilingual.languages import OWN_NAMES
from bilingual.translations import languages
from visitors.line import RETURNING

SUMS = "SHA256SUMS"
ADDRESS = re.compile(r'(?<=\s)(href|src|srcset|action)="([/?][^"]*)"')
IN_STYLE = re.compile(r'url\("?([^")]+)"?\)')
PICTURE = re.compile(r"<picture\b.*?</picture>|<img\b[^>]*>", re.DOTALL)
# What browsers would ask a server for
LEFT_OUT = re.compile(r'<link rel="(?:preload|manifest)"[^>]*>\n?')


class ExportError(Exception):
    """Why the site cannot be written, in a sentence."""


class Export:
    """Collects files below `folder`. A path is one of the site, "/en/history/1960s/?theme=arms"; a
    name is that of its file, "en/history/1960s/theme-arms.html"."""

    def __init__(self, folder, with_pictures):
        self.folder, self.with_pictures = folder, with_pictures
        self.store = PageStore(get_wsgi_application())
        self.names = {"/": "index.html"}
        self.waiting, self.dead = [], []

    def write(self, progress):
        """Writes all files. `progress` is given a list and yields its items."""
        for language in languages():
            with override(language):
                # Where a year is typed, the script of the search leads to it
                self.names[reverse("timeline:go")] = self.name_of(reverse("search"))
                self.name_of(reverse("home"))
                for _key, result in pages(language):  # also to what no page leads
                    self.name_of(result.entry.get_absolute_url().partition("#")[0])
        while self.waiting:
            wave, self.waiting = self.waiting, []
            for path in progress(wave):
                if (data := self.fetch(path)) is not None:
                    self.save(self.names[path], data)
        for language in languages():
            self.save(f"search-{language}.js", search_script(language, self.names).encode())
        self.save("offline.js", Path(finders.find("js/offline.js")).read_bytes())
        start = render_to_string("offline_start.html", {"languages": OWN_NAMES.items()})
        self.save("index.html", self.localise(start, "/").encode())

    def name_of(self, path):
        """The file of a path, which is fetched later if it is new."""
        if path not in self.names:
            status, headers, _body = self.answer(path) if "?" in path else ("200", {}, b"")
            if status.startswith("302"):  # a theme that the decade does not have
                self.names[path] = self.name_of(headers["Location"])
            else:
                self.names[path] = make_name(path)
                self.waiting.append(path)
        return self.names[path]

    def fetch(self, path):
        """What belongs into the file of a path; None where the site has nothing there."""
        if path.startswith(settings.STATIC_URL):
            return self.read_static(path)
        if path.startswith(settings.MEDIA_URL):
            with default_storage.open(unquote(path.removeprefix(settings.MEDIA_URL))) as file:
                return file.read()
        status, _headers, body = self.answer(path)
        if status.startswith("404"):
            self.dead.append(path)
            return None
        if not status.startswith("200"):
            raise ExportError(f"{path} answers {status}. Nothing was written.")
        if not self.names[path].endswith(".html"):
            return body
        return self.localise(body.decode(), path).encode()

    def answer(self, path):
        """What the site answers to a reader whom it has counted: status, headers and body."""
        started = []
        environ = make_environ(path, self.with_pictures)
        body = b"".join(self.store(environ, lambda *answer: started.extend(answer)))
        return started[0], dict(started[1]), body

    def read_static(self, path):
        """A collected file; a stylesheet leads to others beside it."""
        with staticfiles_storage.open(unquote(path.removeprefix(settings.STATIC_URL))) as file:
            data = file.read()
        if path.endswith(".css"):
            for other in IN_STYLE.findall(data.decode()):
                if not other.startswith(("data:", "#")):
                    beside = posixpath.join(posixpath.dirname(path), other.partition("#")[0])
                    self.name_of(posixpath.normpath(beside))
        return data

    def localise(self, page, path):
        """The page with its addresses as those of files, from where its own file is."""
        here = self.names[path]

        def lead(address):
            target, sign, fragment = address.partition("#")
            if target.startswith("?"):
                target = path.partition("?")[0] + target
            return relative(self.name_of(target), here) + sign + fragment

        def exchange(found):
            attribute, value = found[1], html.unescape(found[2])
            if attribute == "srcset":
                sources = [source.split() for source in value.split(",")]
                value = ", ".join(" ".join([lead(address), *size]) for address, *size in sources)
            else:
                value = lead(value)
            return f'{attribute}="{html.escape(value)}"'

        if not self.with_pictures:
            page = PICTURE.sub("", page)  # they are hidden, and would come all the same
        page = ADDRESS.sub(exchange, LEFT_OUT.sub("", page))
        if path == reverse("search"):
            root = relative("", here)
            names = [f"search-{get_language()}.js", "offline.js"]
            scripts = (f'<script defer src="{root}{n}" data-root="{root}"></script>' for n in names)
            page = page.replace("</head>", "".join(scripts) + "</head>")
        return page

    def save(self, name, data):
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def make_name(path):
    """The file of a path; a page lies in a folder, so that a server finds it there, too."""
    path, _sign, query = unquote(path).removeprefix("/").partition("?")
    if not path.endswith("/"):
        return path
    parameters = "-".join(part for pair in parse_qsl(query) for part in pair)
    return f"{path}{parameters or 'index'}.html"


def relative(name, start):
    """The address of a file from another; of the folder itself, one that ends with a slash."""
    up = "../" * start.count("/")
    return up + quote(name) if name else up


def make_environ(path, with_pictures):
    """A request of a reader who has been counted, as WSGI has it."""
    path, _sign, query = path.partition("?")
    site = urlsplit(settings.SITE_URL)
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote(path).encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or 443),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        "HTTP_COOKIE": RETURNING,
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": site.scheme,
    }
    return environ if with_pictures else {**environ, "HTTP_SAVE_DATA": "on"}


def write_sums(folder):
    """Writes the checksum of every file, as `sha256sum --check` reads them."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder).as_posix()}\n"
        for file in files
    ]
    (folder / SUMS).write_text("".join(lines))


def write_zip(folder, target):
    """The folder as one file; the same content makes the same file."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            about = zipfile.ZipInfo(f"{target.stem}/{file.relative_to(folder).as_posix()}")
            about.external_attr, about.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(about, file.read_bytes())


def export(folder, with_pictures, progress):
    """Writes the site into `folder`, in place of an earlier export there, and beside it as a zip.

    ExportError where the folder is something else. Until all is written, what was there stays.
    Returns the number of files, the path of the zip, and paths that pages lead to in vain.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / SUMS).exists():
        raise ExportError(f"{folder} has other files. Name an empty folder, or a new one.")
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    work = Export(fresh, with_pictures)
    try:
        work.write(progress)
        write_sums(fresh)
        archive = folder.with_name(f"{folder.name}.zip")
        write_zip(fresh, fresh.with_suffix(".zip"))
        fresh.with_suffix(".zip").replace(archive)
        shutil.rmtree(folder, ignore_errors=True)
        fresh.replace(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        work.store.background.shutdown()
    return sum(file.is_file() for file in folder.rglob("*")), archive, work.dead
