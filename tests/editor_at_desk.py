"""Somebody at the desk of a real server, by plain HTTP."""

import http.cookiejar
import re
import secrets
import urllib.parse
import urllib.request

from tests.desk import PASSWORD

ADD = "/en/admin/editorial/picture/add/"


class Editor:
    """Somebody at the admin, by plain HTTP."""

    def __init__(self, site):
        self.site = site
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.token = self.find_token(self.read("/en/admin/login/"))
        fields = {"username": "editor", "password": PASSWORD, "next": ADD}
        self.token = self.find_token(self.post("/en/admin/login/", fields))

    def read(self, path):
        return self.opener.open(self.site.url + path, timeout=60).read().decode()

    def find_token(self, page):
        return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]

    def post(self, path, fields, file=None):
        fields = {**fields, "csrfmiddlewaretoken": self.token}
        kind, body = multipart(fields, file)
        request = urllib.request.Request(self.site.url + path, body, {"Content-Type": kind})
        return self.opener.open(request, timeout=120).read().decode()

    def upload(self, name, data):
        """Sends a picture; the sentence at its field, or None when it was taken."""
        fields = {"focal_x": "50", "focal_y": "50", "credit_en": "Photo", "_save": "Save"}
        page = self.post(ADD, fields, (name, data))
        errors = re.search(r'(?s)field-file.*?<ul class="errorlist"[^>]*>(.*?)</ul>', page)
        return errors and errors[1]


def multipart(fields, file=None):
    mark = secrets.token_hex(8)
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
        for name, text in fields.items()
    ]
    if file:
        name = urllib.parse.quote(file[0], safe="") if "\r" in file[0] else file[0]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        parts.append(head.encode("utf-8", "surrogateescape") + file[1] + b"\r\n")
    return f"multipart/form-data; boundary={mark}", b"".join(parts) + f"--{mark}--\r\n".encode()
