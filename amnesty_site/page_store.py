"""The page store, in front of Django: a public page is made once and handed out as bytes.

A page belongs to a generation of the content, which the database renews with every change; one of
an earlier generation is never shown. Only the visitor line at its end differs between readers.
Staff, forms and whatever is no public page go to Django as if the store were not there.
"""

import io
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import lru_cache
from operator import itemgetter
from types import SimpleNamespace

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.middleware.gzip import GZipMiddleware

from amnesty_site.finished_page import (
    FinishedPage,
    encodings,
    finished,
    has_tag,
    status_and_headers,
)
from amnesty_site.headers import NAMES
from amnesty_site.last_known import LastKnown
from amnesty_site.middleware import DATABASE_GONE
from amnesty_site.shelf import Shelf, fingerprint_release
from editorial.public_page import parameters_read, public_view
from visitors.line import RETURNING, STAFF_COOKIE, has_cookie, is_visit, line, set_cookie

logger = logging.getLogger("django.amnesty_site")

# What a request may tell Django when the page is made for every reader
TOLD = ["PATH_INFO", "SCRIPT_NAME", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL"]
TOLD += ["HTTP_HOST", "HTTP_X_FORWARDED_PROTO"]
# What every browser says. Two returning readers get the same answer where their requests say the
# same of this, and of three headers that may be missing
SAID = ["REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "HTTP_HOST", "HTTP_ACCEPT_ENCODING"]
said = itemgetter(*SAID)  # quicker than looking for each
ANSWERS = 100  # as many are remembered, for half a second
# No request that says more is remembered in any way: a header may be hundreds of kilobytes long
WORDS = 500
LARGEST_REMEMBERED = 100_000  # bytes of an answer: there are many ways to ask for one page
OF_304 = {"ETag", "Cache-Control", "Vary"}  # RFC 9110, 15.4.5
OF_304 |= {"Access-Control-Allow-Origin"}  # else a page of another site could not read it
OF_304 |= NAMES

cached_encodings = lru_cache(64)(encodings)
cached_line = lru_cache(256)(line)


class PageStore:
    """A WSGI application around `application`, which is Django's."""

    def __init__(self, application):
        self.application = application
        self.release = fingerprint_release()
        self.known = LastKnown(settings.PAGES_ROOT / "last-known.json", self.release)
        self.shelf = None
        self.background = ThreadPoolExecutor(1)
        self.is_https, self.hosts = settings.HTTPS, set()
        self.gzip = GZipMiddleware(application)  # for what is made for one reader alone

    def __call__(self, environ, start_response):
        known, get = self.known, environ.get
        known.refresh()
        scheme, tag = get("HTTP_X_FORWARDED_PROTO"), get("HTTP_IF_NONE_MATCH")
        is_returning = get("HTTP_COOKIE") == RETURNING
        try:
            asked = is_returning and (*said(environ), scheme, tag, get("HTTP_SAVE_DATA"))
        except KeyError:  # one is missing: answered as if nobody had asked this before
            asked = None
        status, headers, body = known.answers.get(asked) or self.respond(environ, asked)
        start_response(status, headers)
        return body

    def respond(self, environ, asked):
        """Status, headers and body of the answer to a request; remembers it where that is `asked`
        so often that it pays."""
        if key := self.make_key(environ):
            answers, shelf = self.known.answers, self.current_shelf()
            if page := shelf.pages.get(key) or self.find_or_make(key, shelf, environ):
                answer = self.answer(page, environ)
                is_short = asked and sum(map(len, filter(None, asked))) < WORDS
                is_small = len(answer[2][0]) < LARGEST_REMEMBERED
                if is_short and is_small and key in shelf.pages and len(answers) < ANSWERS:
                    answers[asked] = answer
                return answer
        return self.pass_on(environ)

    def current_shelf(self):
        shelf, generation = self.shelf, self.known.generation
        if shelf is None or shelf.generation != generation:
            self.shelf = Shelf(generation, self.release)
            old = shelf.remove if shelf else self.shelf.remove_others
            self.in_background(old)
        return self.shelf

    def make_key(self, environ):
        """The path of a page, the parameters that matter to it, and whether pictures are left
        out; None for a request that is Django's."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not self.is_for_us(environ):
            return None
        # Staff see drafts, and their own changes at once; without a database, what everybody sees
        is_staff = has_cookie(environ.get("HTTP_COOKIE", ""), STAFF_COOKIE)
        if is_staff and self.known.is_reachable:
            return None
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING")
        saves_data = environ.get("HTTP_SAVE_DATA", "").lower() == "on"
        return path, parameters_read(path, query) if query else "", saves_data

    def is_for_us(self, environ):
        """Whether the request came by a name and a scheme of this site."""
        if self.is_https and environ.get("HTTP_X_FORWARDED_PROTO") != "https":
            return False
        host = environ.get("HTTP_HOST", "")
        if host not in self.hosts:
            if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
                return False
            if len(self.hosts) < 100 and len(host) < WORDS:
                self.hosts.add(host)
        return True

    def find_or_make(self, key, shelf, environ):
        """The page of `key`, from disk or made now; another answer of Django's where its view
        gives none, and None where no view does. One reader makes it and the others wait for them;
        but nobody waits while the database is gone."""
        if public_view(key[0]) is None:
            return None
        with shelf.lock(key) if self.known.is_reachable else nullcontext():
            if not (page := shelf.pages.get(key) or shelf.read(key)):
                page = self.make(key, environ)
                if not getattr(page, "tag", "") or shelf.generation is None:
                    return page
                shelf.write(key, page)
            shelf.hold(key, page)
        if page.brotli is None:
            self.in_background(self.finish, key, page, shelf)
        return page

    def make(self, key, environ):
        """What Django answers to anybody who asks for `key`, as a page if it is one."""
        told = {name: environ[name] for name in TOLD if name in environ}
        told |= {name: value for name, value in environ.items() if name.startswith("wsgi.")}
        told |= {"REQUEST_METHOD": "GET", "QUERY_STRING": key[1], "wsgi.input": io.BytesIO()}
        told[DATABASE_GONE] = not self.known.is_reachable
        if key[2]:
            told["HTTP_SAVE_DATA"] = "on"
        response = self.application(told, lambda *args: None)
        response.close()
        if response.status_code == 503:
            self.known.lose()
        return finished(response) or response

    def finish(self, key, page, shelf):
        """Compresses a page as small as it gets, unless another process has done so."""
        if page.brotli:
            return  # it was in memory for several readers before
        other = shelf.read(key)
        if other and other.tag == page.tag and other.brotli:
            page.brotli = other.brotli
        else:
            page.finish()
            shelf.write(key, page)

    def in_background(self, work, *args):
        def tell(done):
            if error := done.exception():
                logger.error("A page could not be finished", exc_info=error)

        self.background.submit(work, *args).add_done_callback(tell)

    def pass_on(self, environ):
        """Django's own answer to this request."""
        started = []
        response = self.application(environ, lambda *start: started.extend(start))
        if getattr(response, "streaming", True):
            return *started[:2], response
        response.close()
        if page := finished(response):
            return self.answer(page, environ)
        response = self.gzip.process_response(SimpleNamespace(META=environ), response)
        return *status_and_headers(response), [response.content]

    def answer(self, page, environ):
        """The page with this reader's visitor line at its end, where it has one, or what else
        Django answered."""
        if not isinstance(page, FinishedPage):
            return *status_and_headers(page), [page.content]
        number = None
        if page.language and page.status == "200 OK" and is_visit(environ):
            number = self.known.add_visit()
        is_new, known = number is not None, environ.get("HTTP_IF_NONE_MATCH")
        if known and page.tag and not is_new and has_tag(known, page.tag):
            return "304 Not Modified", [h for h in page.headers if h[0] in OF_304], [b""]
        words = b""
        if page.language:
            make_line = line if is_new else cached_line  # each new visitor's is another
            words = make_line(page.language, number if is_new else self.known.total, is_new)
        accepted = cached_encodings(environ.get("HTTP_ACCEPT_ENCODING", "")[:WORDS])
        encoding, body = page.encode(accepted, words)
        headers = [*page.headers, ("Content-Length", str(len(body)))]
        if encoding:
            headers.append(("Content-Encoding", encoding))
        if is_new:
            headers.append(set_cookie())
        return page.status, headers, [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]
