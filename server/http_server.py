"""The HTTP server: conditional requests, ranges, the event stream, a free port."""

import dataclasses
import errno
import http.server
import queue
import re
import socket
import sys
import urllib.parse
from typing import Tuple

from server.live_reload import Listeners
from server.site_files import Answer, Site

PORTS_TO_TRY = 20
KEEP_ALIVE = (
    10  # seconds between comments on a quiet event stream, so that a closed page is noticed
)
EVENT_STREAM = "text/event-stream; charset=utf-8"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Meridian"
    sys_version = ""
    timeout = 60  # seconds that an idle connection is kept
    server: "Server"

    def do_GET(self) -> None:
        self.handle_request(send_body=True)

    def do_HEAD(self) -> None:
        self.handle_request(send_body=False)

    def handle_request(self, send_body: bool) -> None:
        # The body is not read: the bytes behind it would be parsed as the next request.
        if self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers:
            self.close_connection = True
        if not self.is_for_us():
            self.reply(Answer(403, b"This server answers to localhost only.\n"), send_body)
        elif self.path.split("?")[0] == self.server.site.base + "__reload":
            # A stream occupies a thread for as long as a page is open: only our own pages get one.
            if self.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
                self.reply(
                    Answer(403, b"Only pages of this server follow its changes.\n"), send_body
                )
            elif send_body:
                self.stream_events()
            else:
                self.reply(Answer(200, mime=EVENT_STREAM), send_body)
        else:
            answer = self.server.site.answer(self.path, self.headers.get("Accept-Encoding", ""))
            # The type is known better, and nosniff is always sent.
            more = {
                name: value
                for name, value in self.server.site.headers(self.path).items()
                if name not in ("Content-Type", "X-Content-Type-Options")
            }
            answer.headers = {**answer.headers, **more}
            self.reply(self.conditional(answer), send_body)

    def is_for_us(self) -> bool:
        """Refuses other host names: a page of another origin must not read a local site by
        resolving a name of its own to this address (DNS rebinding).
        """
        if not self.server.only_local:
            return True
        name = re.sub(r":\d+$", "", self.headers.get("Host", "")).strip("[]").lower()
        return name in ("localhost", "127.0.0.1", "::1", "") or name.endswith(".localhost")

    def conditional(self, answer: Answer) -> Answer:
        """304 for a file that the browser has; a range where one is requested."""
        wanted = [
            tag.strip().removeprefix("W/")
            for tag in self.headers.get("If-None-Match", "").split(",")
        ]
        if answer.status == 200 and answer.etag and (answer.etag in wanted or "*" in wanted):
            return Answer(304, etag=answer.etag, mime="")
        asked = re.fullmatch(r"bytes=([0-9]*)-([0-9]*)", self.headers.get("Range", "").strip())
        condition = self.headers.get("If-Range")
        if (
            answer.status != 200
            or answer.encoding
            or not asked
            or "Accept-Ranges" not in answer.headers
        ):
            return answer
        if condition and condition != answer.etag:
            return answer
        size = len(answer.content)
        # Numbers of any length may be requested; Python converts some thousands of digits at most.
        first, last = (digits and (digits.lstrip("0") or "0")[:18] for digits in asked.groups())
        if first:
            begin, end = int(first), min(int(last) if last else size - 1, size - 1)
        else:
            begin, end = max(0, size - int(last or 0)), size - 1
        if begin > end or begin >= size:
            return Answer(416, headers={"Content-Range": f"bytes */{size}"})
        headers = {**answer.headers, "Content-Range": f"bytes {begin}-{end}/{size}"}
        return dataclasses.replace(
            answer, status=206, content=answer.content[begin : end + 1], headers=headers
        )

    def reply(self, answer: Answer, send_body: bool) -> None:
        self.send_response(answer.status)
        if answer.mime:
            self.send_header("Content-Type", answer.mime)
        if answer.encoding:
            self.send_header("Content-Encoding", answer.encoding)
        if answer.etag:
            self.send_header("ETag", answer.etag)
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        if send_body and answer.status != 304:
            self.wfile.write(answer.content)

    def stream_events(self) -> None:
        self.close_connection = True
        # Registered first: what a page has got an answer from tells it of every change.
        with self.server.listeners.listen(self.changes_known()) as events:
            self.send_response(200)
            self.send_header("Content-Type", EVENT_STREAM)
            self.send_header("Cache-Control", "no-store")
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"retry: 300\n\n")
            while True:
                try:
                    event = events.get(timeout=KEEP_ALIVE)
                except queue.Empty:
                    self.wfile.write(b": still here\n\n")
                    continue
                if event is None:
                    return
                kind, data, changes = event
                self.wfile.write(f"id: {changes}\nevent: {kind}\ndata: {data}\n\n".encode())
                self.wfile.flush()

    def changes_known(self) -> str:
        """How many changes the page knows that asks for the stream; empty the first time."""
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        return self.headers.get("Last-Event-ID") or query.get("made", [""])[0]

    def log_message(self, format: str, *arguments) -> None:
        if self.server.verbose:
            line = "".join(c if c.isprintable() else repr(c)[1:-1] for c in format % arguments)
            print(f"  {self.log_date_time_string()} {line}", flush=True)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self, address: Tuple[str, int], site: Site, listeners: Listeners, verbose: bool
    ) -> None:
        self.site = site
        self.listeners = listeners
        self.verbose = verbose
        self.only_local = address[0] in ("127.0.0.1", "localhost", "::1")
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, Handler)

    def server_bind(self) -> None:
        # Not HTTPServer's, which asks the name service for the machine's name and may block on it.
        super(http.server.HTTPServer, self).server_bind()
        self.server_name, self.server_port = self.server_address[:2]

    def handle_error(self, request, client_address) -> None:
        if not isinstance(
            sys.exc_info()[1], (ConnectionError, TimeoutError)
        ):  # a browser that went away is no news
            super().handle_error(request, client_address)


def open_server(host: str, port: int, site: Site, listeners: Listeners, verbose: bool) -> Server:
    """A server on the port, or on the next free one."""
    candidates = [port + i for i in range(PORTS_TO_TRY) if port + i < 65536] + [0]
    for candidate in candidates:
        try:
            return Server((host, candidate), site, listeners, verbose)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES) or candidate == 0:
                raise
    raise AssertionError("port 0 is always free or an error")
