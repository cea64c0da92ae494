"""Requests that nobody's browser would send, each with a name: what is said, and where.

SAID goes into every place of an address, and HEADERS into every header; the rest are requests of
their own. Whatever the site makes of one, MARK must not come back as the tag it is.
"""

from urllib.parse import quote

MARK = "<i id=hostile>"
EVIL = "evil.example"
LETTERS = "Хүний эрх "

# As they stand in an address
SAID = {
    "a tag": quote(f'"><{MARK}'),
    "a tag encoded twice": quote(quote(MARK)),
    "a template": quote("{{ 7*7 }}{% debug %}" + MARK),
    "NUL": "%00",
    "NUL in a word": "a%00b",
    "a line and a header": "%0d%0aSet-Cookie:%20a=b%0d%0a%0d%0a" + quote(MARK),
    "a line of Unicode": "%e2%80%a8%c2%85",
    "a slash written too long": "..%c0%af..%c0%afetc/passwd",
    "a slash written in three": "%e0%80%af%f0%80%80%af",
    "half a letter": "%d1",
    "no letters": "%ff%fe%fd",
    "half a pair": "%ed%a0%80%ed%b0%80",
    "beyond Unicode": "%f4%90%80%80",
    "turned around": "%e2%80%ae%e2%81%a6",
    "a percent sign": "%",
    "no number after it": "%zz%u0041",
    "up and up": "../../../../etc/passwd",
    "up and up, encoded": "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "up and up, backwards": "..%5c..%5cwindows%5cwin.ini",
    "another host": f"//{EVIL}",
    "another host, backwards": f"/%5c{EVIL}",
    "another host, with tabs": f"/%09/{EVIL}",
    "another scheme": f"https:{EVIL}",
    "a script": "javascript:alert(1)//",
    "many digits": "9" * 4500,
    "no year": "0000",
    "a year to come": "99999",
    "below nothing": "-1",
    "a float": "1e309",
    "no number": "NaN",
    "other digits": quote("١٩٦١"),
    "wide digits": quote("１９６１"),
    "SQL": quote("1' OR '1'='1' --"),
    "a wildcard": "%25%25__*",
    "a format": quote("%s%n{0.__class__}%(x)s"),
    "a slow pattern": "a" * 60 + "%21",
    "long": "a" * 7000,
    "long and Cyrillic": quote(LETTERS * 100),
    "many accents": "e" + quote("\u0301" * 300),
    "slashes": "/" * 300,
    "brackets": "[][$ne]=1",
    "an emoji": quote("👩‍👩‍👧‍👦"),
}
# A form of the admin takes as long as ten pages, so staff say less
OF_STAFF = ["a tag", "a template", "NUL", "a line and a header", "half a letter", "many digits"]
OF_STAFF += ["below nothing", "a float", "other digits", "SQL", "a wildcard", "long and Cyrillic"]
SAID_BY_STAFF = {name: SAID[name] for name in OF_STAFF}

PLACES = [
    "/{}",
    "/en/{}/",
    "/mn/history/{}/",
    "/en/history/{}s/",
    "/en/history/{}/embed/",
    "/en/history/1961/{}/cite/",
    "/en/history/on/{}/",
    "/en/history/1960s/?theme={}",
    "/en/campaigns/{}/",
    "/en/campaigns/former/{}",  # a former address
    "/mn/sections/mongolia/{}/",
    "/en/themes/{}/",
    "/mn/search/?q={}",
    "/en/search/?q=torture&kind={0}&theme={0}&decade={0}&page={0}",
    "/en/?{}",
    "/en/preview/{}/",
    "/en/share/picture-{}.png",
    "/static/{}",
    "/media/pictures/{}",
    "/en/admin/login/?next={}",
]
PLACES_OF_STAFF = [
    "/en/admin/{}",
    "/en/admin/timeline/timelineevent/?q={}",
    "/en/admin/timeline/timelineevent/?year={0}&o={0}&p={0}&themes__id__exact={0}&e={0}",
    "/en/admin/timeline/timelineevent/{}/change/",
    "/en/admin/timeline/timelineevent/add/?_changelist_filters={0}&_popup={0}&_to_field={0}",
    "/en/admin/timeline/timelineevent/add/?title_en={0}&year={0}&body_en={0}",
    "/en/admin/timeline/timelineevent/1/history/{}/",
    "/en/admin/timeline/timelineevent/sheet/{}/",
    "/mn/admin/editorial/translation/?subject={0}&state={0}&age={0}",
    "/en/admin/editorial/translation/1/change/?_changelist_filters={}",
    "/en/admin/autocomplete/?app_label={0}&model_name={0}&field_name={0}&term={0}",
    "/en/admin/autocomplete/"
    "?app_label=sections&model_name=achievement&field_name=section&term={0}&page={0}",
    "/en/admin/r/{0}/{0}/",
    "/en/admin/auth/user/{}/password/",
]

# In headers, as bytes
SAID_IN_HEADERS = {
    "nothing": b"",
    "a tag": MARK.encode(),
    "no ASCII": (LETTERS * 3).encode(),
    "no letters": b"\xff\xfe\x80",
    "long": b"a" * 30_000,
    "many": b"a, " * 5_000,
    "quotation marks": b'"\'"; a="\\',
    "a NUL in octal": b'"\\000\\000aaaaaaaaaa"',
    "many digits": b"9" * 4_500,
}
NAMES = """
    Accept Accept-Charset Accept-Encoding Accept-Language Cache-Control Content-Type Cookie
    If-Match If-Modified-Since If-None-Match If-Range Origin Referer Save-Data Sec-Fetch-Site
    Sec-Purpose User-Agent X-Forwarded-For X-Forwarded-Host X-Forwarded-Port
    X-HTTP-Method-Override X-Original-URL X-Requested-With
"""
HEADERS = dict.fromkeys(NAMES.split(), "{}") | {
    "Authorization": "Basic {}",
    "Range": "bytes={}",
    "Cookie of the session": "__Host-sessionid={}",
    "Cookie of a form": "__Host-csrftoken={}",
    "Cookie of the count": "__Host-seen=1; {}",
}
ASKED_WITH_HEADERS = ["/en/", "/static/css/site.css", "/en/admin/"]

HOSTS = {
    "another": EVIL,
    "ours before another": f"amnesty.example.{EVIL}",
    "ours as a user": f"amnesty.example@{EVIL}",
    "ours and another": f"amnesty.example, {EVIL}",
    "none": "",
    "another with a port": f"{EVIL}:443",
    "no port": "amnesty.example:port",
    "a tag": MARK,
    "a path": "amnesty.example/en/",
    "backwards": "amnesty.example\\",
    "this machine": "localhost",
    "this machine by number": "127.0.0.1",
    "this machine in six": "[::1]",
    "no address": "[::1",
    "long": "a" * 5000,
    "long labels": "a." * 500,
    "Cyrillic": "амнести.example",
    "blanks": "   ",
    "a wildcard": "*",
    "a dot": ".",
    "NUL, encoded": "amnesty.example%00",
}

# Of conditions and parts, at a page and at a file
CONDITIONS = {
    "any tag": {"If-None-Match": "*"},
    "half a tag": {"If-None-Match": 'W/"'},
    "thousands of tags": {"If-None-Match": '"a", ' * 5000},
    "before all time": {"If-Modified-Since": "Thu, 01 Jan 0001 00:00:00 GMT"},
    "after all time": {"If-Modified-Since": "Fri, 31 Dec 9999 23:59:59 GMT"},
    "no day": {"If-Modified-Since": "Mon, 31 Feb 2020 00:00:00 GMT"},
    "all of it": {"Range": "bytes=0-"},
    "the last byte": {"Range": "bytes=-1"},
    "backwards": {"Range": "bytes=9-1"},
    "beyond the end": {"Range": "bytes=999999999-"},
    "more than there is": {"Range": "bytes=-999999999999999999999"},
    "thousands of parts": {"Range": "bytes=" + "0-0," * 2000 + "1-1"},
    "of other things": {"Range": "cows=1-2"},
    "no encoding at all": {"Accept-Encoding": "identity;q=0, *;q=0"},
    "thousands of encodings": {"Accept-Encoding": "br;q=0.1, gzip;q=1e9, *, " * 1000},
    "a request for an upgrade": {"Upgrade": "websocket", "Sec-WebSocket-Key": "a" * 24},
    "what to expect": {"Expect": "100-continue"},
    "what nobody expects": {"Expect": "an inquisition"},
    "plain HTTP by the proxy": {"X-Forwarded-Proto": "http"},
    "two schemes": {"X-Forwarded-Proto": "https, http"},
    "another host by the proxy": {"X-Forwarded-Host": EVIL, "Forwarded": f"host={EVIL}"},
    "another path by the proxy": {"X-Original-URL": "/en/admin/", "X-Rewrite-URL": "/x"},
    "a method in a header": {"X-HTTP-Method-Override": "DELETE"},
    "a hundred cookies": {"Cookie": "; ".join(f"c{n}={n}" for n in range(100))},
    "the cookie twice": {"Cookie": "__Host-seen=1; __Host-seen=2"},
    "cookies without names": {"Cookie": "=;;= ;a;=b;;"},
    "a cookie of script": {"Cookie": f"__Host-seen={MARK}"},
    "languages without end": {"Accept-Language": "mn;q=0.1," * 3000},
    "a language of tags": {"Accept-Language": f"{MARK};q=1, ../../en, mn\\"},
}
ASKED_ON_CONDITION = ["/", "/en/history/1961/", "/history.csv", "/static/css/site.css"]

METHODS = ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "MOVE", "get", "A" * 200]
ASKED_BY_METHOD = ["/", "/en/", "/history.csv", "/static/css/site.css", "/en/admin/login/"]

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=b"
PART = b'--b\r\nContent-Disposition: form-data; name="title_en"'
END = b"\r\n\r\na\r\n--b--"
# Each with its Content-Type, and sent as a form
BODIES = {
    "nothing": (FORM, b""),
    "JSON": ("application/json", b'{"title_en": {"$gt": ""}}'),
    "JSON without end": ("application/json", b"[" * 100_000),
    "XML": ("application/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    "pickle": ("application/octet-stream", b"\x80\x04cos\nsystem\n."),
    "no letters": (FORM, b"title_en=%ff%fe&username=\xff\xfe"),
    "NUL": (
        FORM,
        b"title_en=a%00b&username=a%00b&password=%00&_selected_action=%00&action=publish",
    ),
    "another alphabet": (f"{FORM}; charset=utf-7", b"username=%2BADw-i id%3Dhostile%2BAD4-"),
    "an alphabet that is none": (f"{FORM}; charset={MARK}", b"username=a"),
    "thousands of fields": (FORM, b"a=b&" * 5000),
    "one field often": (FORM, b"_selected_action=1&" * 900),
    "megabytes": (FORM, b"title_en=" + b"a" * 17_000_000),
    "forms without number": (FORM, b"form-TOTAL_FORMS=999999999&form-INITIAL_FORMS=-1"),
    "a tag": (FORM, f"username={MARK}&title_en={MARK}&next={MARK}".encode()),
    "another host to go to": (FORM, f"username=a&password=b&next=//{EVIL}".encode()),
    "no boundary": ("multipart/form-data", PART),
    "a long boundary": (f"multipart/form-data; boundary={'b' * 5000}", PART),
    "a boundary of other letters": ("multipart/form-data; boundary=Ү".encode(), PART),
    "parts without end": (MULTIPART, PART),
    "parts without number": (MULTIPART, (PART + b"\r\n\r\na\r\n") * 3000 + b"--b--"),
    "a part without name": (MULTIPART, b"--b\r\n\r\na\r\n--b--"),
    "a part of nonsense": (
        MULTIPART,
        PART + b"\r\nContent-Transfer-Encoding: base64" + END,
    ),
    "a file up and up": (MULTIPART, PART + b'; filename="../../a.jpg"' + END),
    "a file of tags": (MULTIPART, PART + b'; filename="<i id=hostile>\0.jpg"' + END),
    "a long name of a file": (
        MULTIPART,
        PART + b'; filename="' + b"a" * 9000 + b'"' + END,
    ),
}
SENT_TO = ["/en/admin/login/"]
SENT_BY_STAFF_TO = [
    "/en/admin/timeline/timelineevent/add/",
    "/en/admin/timeline/timelineevent/1/change/",
    "/en/admin/timeline/timelineevent/",
    "/en/admin/timeline/timelineevent/sheet/",
    "/en/admin/editorial/translation/files/",
    "/en/admin/editorial/picture/add/",
    "/en/admin/auth/user/add/",
]

ASK = b"GET /en/ HTTP/1.1\r\nHost: amnesty.example\r\nX-Forwarded-Proto: https\r\n"
POST = ASK.replace(b"GET", b"POST")
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
# What may be no request at all: the server may also close the connection, and answer by itself
RAW = {
    "no host": b"GET /en/ HTTP/1.1\r\n\r\n",
    "two hosts": ASK + b"Host: evil.example\r\n\r\n",
    "an old version": b"GET /en/ HTTP/1.0\r\nX-Forwarded-Proto: https\r\n\r\n",
    "an older version": b"GET /en/\r\n",
    "a version to come": b"GET /en/ HTTP/9.9\r\nHost: amnesty.example\r\n\r\n",
    "another protocol": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 300,
    "NUL in the address": ASK.replace(b"/en/", b"/en/\0") + b"\r\n",
    "NUL in a header": ASK + b"Cookie: a=\0b\r\n\r\n",
    "a blank in the address": ASK.replace(b"/en/", b"/en/ <i id=hostile>") + b"\r\n",
    "a tag in the address": ASK.replace(b"/en/", b'/en/"><i/id=hostile>') + b"\r\n",
    "letters in the address": ASK.replace(b"/en/", "/en/Хүн/".encode()) + b"\r\n",
    "no letters in the address": ASK.replace(b"/en/", b"/en/\xff\xfe/") + b"\r\n",
    "a fragment": ASK.replace(b"/en/", b"/en/#<i/id=hostile>") + b"\r\n",
    "a whole address": ASK.replace(b"/en/", b"http://evil.example/en/") + b"\r\n",
    "a host to connect to": ASK.replace(b"GET /en/", b"CONNECT evil.example:443") + b"\r\n",
    "a star": ASK.replace(b"GET /en/", b"OPTIONS *") + b"\r\n",
    "no address": ASK.replace(b"/en/", b"") + b"\r\n",
    "a long address": ASK.replace(b"/en/", b"/en/" + b"a" * 200_000) + b"\r\n",
    "a long query": ASK.replace(b"/en/", b"/en/?q=" + b"a" * 60_000) + b"\r\n",
    "a long header": ASK + b"X-Long: " + b"a" * 500_000 + b"\r\n\r\n",
    "thousands of headers": ASK + b"X: y\r\n" * 5000 + b"\r\n",
    "a header without colon": ASK + b"nothing\r\n\r\n",
    "a blank before the colon": ASK + b"Content-Length : 5\r\n\r\nabcde",
    "a header in two lines": ASK + b"X-Long: a\r\n b\r\n\r\n",
    "lines without returns": ASK.replace(b"\r", b"") + b"\n",
    "returns without lines": ASK.replace(b"\n", b"") + b"\r",
    "a return in a header": ASK + b"X: a\rSet-Cookie: b=c\r\n\r\n",
    "a method with signs": ASK.replace(b"GET", b"G<i>T") + b"\r\n",
    "two lengths": POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    "the same length twice": POST + b"Content-Length: 5, 5\r\n\r\nabcde",
    "a length below nothing": POST + b"Content-Length: -5\r\n\r\nabcde",
    "a length with a sign": POST + b"Content-Length: +5\r\n\r\nabcde",
    "a length in hexadecimal": POST + b"Content-Length: 0x5\r\n\r\nabcde",
    "a length without end": POST + b"Content-Length: " + b"9" * 30 + b"\r\n\r\nabcde",
    "a length and chunks": POST
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks twice": POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "chunks of another name": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks by a tab": POST + b"Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n",
    "a chunk without size": CHUNKED + b"zz\r\na\r\n0\r\n\r\n",
    "a chunk below nothing": CHUNKED + b"-1\r\na\r\n0\r\n\r\n",
    "a chunk as large as can be": CHUNKED + b"ffffffffffffffff\r\na",
    "small chunks": POST
    + b"Transfer-Encoding: chunked\r\n\r\n"
    + b"1\r\na\r\n" * 5000
    + b"0\r\n\r\n",
    "a request within another": POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"0\r\n\r\nGET /en/admin/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "blank lines": b"\r\n" * 1000 + ASK + b"\r\n",
    "nothing": b"",
    "letters": b"a" * 100_000,
}
