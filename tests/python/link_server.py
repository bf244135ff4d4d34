"""A host of links for the tests of `meridian check --external`: this machine, on a free port.

    python3 tests/python/link_server.py      prints its address, and lives as long as its input

A path says what it answers: /ok, /status/503, /moved/301/ok …; see Answers. It remembers which
requests came, as `HEAD /ok`, and answers /requests with them."""

import email.utils
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import List
from urllib.parse import urlsplit


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "LinkServer"

    def log_message(self, *_) -> None:
        """Says nothing."""

    def answer(self, status: int, headers=(), body: bytes = b"") -> None:
        self.server.count(-1)
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self) -> None:
        self.server.count(1)
        if self.path == "/requests":
            return self.answer(200, body=json.dumps(self.server.requests).encode())
        first = self.server.note(f"{self.command} {self.path}", dict(self.headers))
        # A proxy gets whole addresses.
        kind, *rest = urlsplit(self.path).path.strip("/").split("/")
        getattr(self, f"do_{kind}")(first, *rest)

    do_HEAD = do_GET

    def do_ok(self, _first: bool, *_rest: str) -> None:
        self.answer(200, body=b"ok")

    def do_status(self, _first: bool, status: str) -> None:
        self.answer(int(status), [("Retry-After", "0")])

    def do_head(self, _first: bool, status: str) -> None:
        """HEAD is refused, GET is not."""
        self.answer(int(status) if self.command == "HEAD" else 200)

    def do_close(self, _first: bool) -> None:
        """HEAD gets no answer at all."""
        if self.command == "HEAD":
            self.close_connection = True
        else:
            self.answer(200)

    def do_once(self, first: bool, status: str, pause: str) -> None:
        """The first request is refused, with a pause to make; `date-3600` is one of an hour ago."""
        if pause.startswith("date"):
            pause = email.utils.formatdate(time.time() + int(pause[len("date") :]), usegmt=True)
        self.answer(int(status) if first else 200, [("Retry-After", pause)])

    def do_moved(self, _first: bool, status: str, *rest: str) -> None:
        self.answer(int(status), [("Location", "/" + "/".join(rest))])

    def do_to(self, _first: bool, *rest: str) -> None:
        """Leads to an address anywhere: /to/http/10.0.0.1/x."""
        scheme, *where = rest
        self.answer(302, [("Location", f"{scheme}://{'/'.join(where)}")])

    def do_loop(self, _first: bool) -> None:
        self.answer(302, [("Location", "/loop")])

    def do_control(self, _first: bool) -> None:
        """Words for a terminal in an address."""
        self.answer(301, [("Location", "/ok?\x1b[31mred\x1b]0;title\x07")])

    def do_huge(self, _first: bool) -> None:
        """A body without an end, whatever range is asked for; HEAD is refused."""
        if self.command == "HEAD":
            return self.answer(405)
        self.send_response_only(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            self.server.cut_off.set()
            self.close_connection = True

    def do_slow(self, _first: bool) -> None:
        """No answer until the client goes away."""
        self.connection.recv(1)
        self.close_connection = True
        self.server.cut_off.set()


class LinkServer(ThreadingHTTPServer):
    """Serves from the begin; `close()` ends it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.requests: List[str] = []
        self.headers: List[dict] = []
        self.asked = threading.Event()  # a request came
        self.cut_off = threading.Event()  # a client did not wait for the end
        self.open = self.most_open = 0
        self.lock = threading.Lock()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        # Seconds between two looks at whether it is to end.
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def handle_error(self, *_) -> None:
        """A client that goes away is no mistake."""

    def note(self, request: str, headers: dict) -> bool:
        """Whether it is the first one for its path."""
        with self.lock:
            path = request.split()[1]
            first = not any(one.split()[1] == path for one in self.requests)
            self.requests.append(request)
            self.headers.append(headers)
        self.asked.set()
        return first

    def count(self, more: int) -> None:
        """Requests that have come, and have no answer yet."""
        with self.lock:
            self.open += more
            self.most_open = max(self.most_open, self.open)

    def close(self) -> None:
        self.shutdown()
        self.server_close()


if __name__ == "__main__":
    server = LinkServer()
    print(server.url, flush=True)
    sys.stdin.read()
    server.close()
