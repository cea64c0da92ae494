"""Somebody at the desk of a real server who saves one event after another."""

import urllib.request
from http.client import HTTPException
from urllib.error import HTTPError

from tests.editor_at_desk import Editor, multipart

ADD_EVENT = "/en/admin/timeline/timelineevent/add/"
EVENT = {"year": 1961, "order": 0, "seen": ""}
EVENT |= {"figures-TOTAL_FORMS": 0, "figures-INITIAL_FORMS": 0, "_save": "1"}


class Unfollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


class Typist(Editor):
    """An `Editor` who sees what each request is answered, and goes nowhere by themselves."""

    def __init__(self, site):
        super().__init__(site)
        cookies = urllib.request.HTTPCookieProcessor(self.jar)
        self.direct = urllib.request.build_opener(cookies, Unfollowed)

    def send(self, path, fields, site=None):
        """Status and text of the answer; None and why where there was none."""
        kind, body = multipart({**fields, "csrfmiddlewaretoken": self.token})
        url = (site or self.site).url + path
        request = urllib.request.Request(url, body, {"Content-Type": kind})
        return self.ask(request)

    def open(self, path, site=None):
        return self.ask((site or self.site).url + path)

    def ask(self, request):
        try:
            with self.direct.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except (OSError, HTTPException) as error:
            return None, str(error)

    def send_event(self, title, path=ADD_EVENT, **fields):
        return self.send(path, {**EVENT, "title_en": title, **fields})

    def save(self, title, **fields):
        return self.send_event(title, **fields)[0]
