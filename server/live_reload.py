"""Live reload: the event stream on which open pages learn of changes, and the script that listens."""

import contextlib
import json
import os
import queue
import threading
import time
from pathlib import Path
from typing import List, Set

# Digits of a number of changes that a page may send. Python refuses to read very long ones.
MOST_DIGITS = 9

# Loaded by the shell that this server sends; never part of build/dist.
RELOAD_SCRIPT = (Path(__file__).parent / "live_reload.js").read_bytes()


class Listeners:
    """The open pages, each waiting on a stream of events."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.queues: Set[queue.Queue] = set()
        self.server = f"{os.getpid()}-{time.time_ns()}"
        self.changes = 0
        self.problem = ""
        self.findings = "[]"

    @contextlib.contextmanager
    def listen(self, made: str = ""):
        """A queue of events, each `(kind, data, number of changes so far)`; None is the last.

        made -- that number as the page knows it: what it missed since then is sent as a change of
                all files, `[]`.
        """
        events: queue.Queue = queue.Queue()
        with self.lock:
            events.put(("server", self.server, self.changes))
            self.queues.add(events)
            known = made.isdecimal() and len(made) <= MOST_DIGITS
            if known and int(made) < self.changes:
                events.put(("message", "[]", self.changes))
            if self.problem:
                events.put(("problem", json.dumps(self.problem), self.changes))
            if self.findings != "[]":
                events.put(("findings", self.findings, self.changes))
        try:
            yield events
        finally:
            with self.lock:
                self.queues.discard(events)

    def send(self, kind: str, data: str) -> None:
        with self.lock:
            for events in self.queues:
                events.put((kind, data, self.changes))

    def changed(self, paths: List[str]) -> None:
        self.problem = ""
        self.changes += 1
        self.send("message", json.dumps(paths))

    def failed(self, problem: str) -> None:
        self.problem = problem
        self.send("problem", json.dumps(problem))

    def found(self, findings: List[dict]) -> None:
        """Sends all diagnostics of the site."""
        news = json.dumps(findings)
        if news != self.findings:
            self.findings = news
            self.send("findings", news)

    def close(self) -> None:
        with self.lock:
            for events in self.queues:
                events.put(None)
