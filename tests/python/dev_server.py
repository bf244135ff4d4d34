"""The server that serve.py starts, over the sources of a test."""

import http.client
import json
import queue
import re
import socket
import subprocess
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "web/command/serve_raw.mjs"
PATIENCE = 20  # seconds for a line or an event


class DevServer:
    """Runs until close(). `lines` gets what it prints."""

    def __init__(self, site, *options):
        self.process = subprocess.Popen(
            ["node", str(SERVER), str(site), *map(str, options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()
        self.address = self.line(r" is at (http://\S+)")[1]
        self.port = int(re.search(r":(\d+)/", self.address)[1])

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def line(self, pattern):
        """The next line with the pattern, as a match."""
        while True:
            found = re.search(pattern, self.lines.get(timeout=PATIENCE))
            if found:
                return found

    def close(self):
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()

    def get(self, path, method="GET", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=names)
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def events(self, query=""):
        """The stream of events, after that of its begin."""
        return Events(self.port, query)


class Events:
    def __init__(self, port, query):
        self.stream = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.stream.sendall(f"GET /__reload{query} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
        self.file = self.stream.makefile("r", encoding="utf-8")
        assert self.next()[0] == "server"

    def next(self):
        """Kind and data of the next event."""
        kind = ""
        for line in self.file:
            if line.startswith("event: "):
                kind = line[7:].strip()
            if line.startswith("data: "):
                data = line[6:].strip()
                return kind, data if kind == "server" else json.loads(data)
        raise EOFError("the stream ended")

    def change(self):
        """The next one but for findings, which come when a check has ended."""
        while True:
            kind, data = self.next()
            if kind != "findings":
                return kind, data

    def close(self):
        self.file.close()
        self.stream.close()
