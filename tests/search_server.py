"""A stub of a search server, as much of OpenSearch's and Elasticsearch's API as the site speaks.

It refuses what it does not know, as they do: a field that the mapping has not, another kind of
query, a `size` over the window.
"""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NO_INDEX = {"error": {"type": "index_not_found_exception"}, "status": 404}


class RefusedError(Exception):
    pass


class SearchServer(ThreadingHTTPServer):
    """`index` is None, or what was said when it was made, with its `texts` by their names. What
    was written is found after a refresh, or a second: here at the next request."""

    daemon_threads = True
    password = None

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.index, self.texts, self.requests = None, {}, []
        self.answers_with = None

    @property
    def url(self):
        user = f"site:{self.password}@" if self.password else ""
        return f"http://{user}127.0.0.1:{self.server_port}/amnesty"

    def answer(self, method, path, lines):
        """Status and JSON of the answer to a request."""
        if self.answers_with:
            return self.answers_with, {"error": "no"}
        match method, path:
            case "HEAD", "/amnesty":
                return (404 if self.index is None else 200), None
            case "PUT", "/amnesty" if self.index is None:
                (self.index,) = lines
                return 200, {"acknowledged": True}
            case _, _ if self.index is None and path != "/amnesty/_msearch":
                return 404, NO_INDEX
            case "DELETE", "/amnesty":
                self.index, self.texts = None, {}
                return 200, {"acknowledged": True}
            case "POST", "/amnesty/_refresh":
                return 200, {}
            case "GET", "/amnesty/_count":
                return 200, {"count": len(self.texts)}
            case "POST", "/amnesty/_bulk":
                return 200, {"items": list(map(self.write, lines[::2], lines[1::2]))}
            case "POST", "/amnesty/_msearch":
                return 200, {"responses": list(map(self.search, lines[1::2]))}
        return 400, {"error": f"{method} {path}"}

    def write(self, action, text):
        action = action["index"]
        name, version = action["_id"], action["version"]
        assert action["version_type"] == "external_gte"
        if unknown := text.keys() - self.index["mappings"]["properties"].keys():
            return {"index": {"status": 400, "error": f"strict mapping: {unknown}"}}
        if version < self.texts.get(name, (0,))[0]:
            return {"index": {"status": 409, "error": "version_conflict_engine_exception"}}
        self.texts[name] = version, text
        return {"index": {"status": 201}}

    def search(self, body):
        if self.index is None:
            return NO_INDEX
        try:
            if body["size"] > self.index["settings"].get("index.max_result_window", 10_000):
                raise RefusedError("result window is too large")
            scored = [(self.score(body["query"], text), text) for _, text in self.texts.values()]
        except RefusedError as error:
            return {"error": str(error), "status": 400}
        hits = [
            {"_score": float(score), "_source": {name: text[name] for name in body["_source"]}}
            for score, text in scored
            if score is not None
        ]
        return {"hits": {"hits": hits}, "status": 200}

    def score(self, query, text):
        """None for a text that does not match."""
        ((kind, body),) = query.items()
        if kind == "dis_max":
            scores = [self.score(one, text) for one in body["queries"]]
            return max((score for score in scores if score is not None), default=None)
        if kind == "bool":
            filtered = self.score(body["filter"], text) is None
            return None if filtered else self.score(body["must"], text)
        if kind == "constant_score":
            return None if self.score(body["filter"], text) is None else body["boost"]
        ((field, value),) = body.items()
        if self.index["mappings"]["properties"].get(field) != {"type": "keyword"}:
            raise RefusedError(f"no field {field}")
        words = text.get(field, [])
        words = [words] if isinstance(words, str) else words
        if kind == "term":
            return 1 if value in words else None
        if kind == "terms":
            return 1 if set(words) & set(value) else None
        if kind == "prefix":
            return 1 if any(word.startswith(value) for word in words) else None
        raise RefusedError(f"no query {kind}")


class Handler(BaseHTTPRequestHandler):
    def do(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.server.requests.append((self.command, self.path, self.headers["Authorization"]))
        lines = [json.loads(line) for line in body.splitlines()]
        status, told = self.server.answer(self.command, self.path, lines)
        told = b"" if told is None else json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = do  # noqa: N815

    def log_message(self, *args):
        pass


@contextmanager
def running_search_server():
    with SearchServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
