"""A client of the inspector server of this process's WebKit ($WEBKIT_INSPECTOR_SERVER).

The server's HTTP variant takes no message of more than 128 KiB, which scripts of playwright-core
exceed. A message here is its size (32 bits, of what follows the flags, most significant byte
first), flags (1: little endian), a name ended by NUL, and a GVariant.
"""

import os
import socket
import struct

from gi.repository import GLib

HEADER = struct.Struct(">IB")
LITTLE_ENDIAN = 1
TYPES = {"SetTargetList": "(ta(tsssb))", "SendMessageToFrontend": "(tts)"}


class InspectorClient:
    """`found(key)` is called for each new page, in the order in which pages are made, and
    `receive(key, text)` for each message of a page's inspector."""

    def __init__(self, found, receive):
        self.found = found
        self.receive = receive
        self.known = set()
        self.incoming = b""
        self.outgoing = b""
        self.writing = False
        host, port = os.environ["WEBKIT_INSPECTOR_SERVER"].rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)))
        # Server and client share a thread: neither may wait for the other.
        self.socket.setblocking(False)
        watch = GLib.IOCondition.IN | GLib.IOCondition.HUP
        GLib.unix_fd_add_full(GLib.PRIORITY_DEFAULT, self.socket.fileno(), watch, self.read)
        self.send("SetupInspectorClient", GLib.Variant("(ay)", (b"\0",)))

    def send(self, name, variant):
        body = name.encode() + b"\0" + variant.get_data_as_bytes().get_data()
        self.outgoing += HEADER.pack(len(body), LITTLE_ENDIAN) + body
        self.write()

    def post(self, key, text):
        self.send("SendMessageToBackend", GLib.Variant("(tts)", (*key, text)))

    def write(self, *_):
        try:
            self.outgoing = self.outgoing[self.socket.send(self.outgoing) :]
        except BlockingIOError:
            pass
        more = bool(self.outgoing)
        if more and not self.writing:
            GLib.unix_fd_add_full(
                GLib.PRIORITY_DEFAULT, self.socket.fileno(), GLib.IOCondition.OUT, self.write
            )
        self.writing = more
        return more

    def read(self, *_):
        data = self.socket.recv(1 << 20)
        if not data:
            return False
        self.incoming += data
        while len(self.incoming) >= HEADER.size:
            size, _flags = HEADER.unpack_from(self.incoming)
            end = HEADER.size + size
            if len(self.incoming) < end:
                break
            name, body = self.incoming[HEADER.size : end].split(b"\0", 1)
            self.incoming = self.incoming[end:]
            kind = TYPES.get(name.decode())
            if kind:
                variant = GLib.Variant.new_from_bytes(
                    GLib.VariantType(kind), GLib.Bytes.new(body), False
                )
                self.dispatch(name.decode(), variant.unpack())
        return True

    def dispatch(self, name, params):
        if name == "SendMessageToFrontend":
            connection, target, text = params
            self.receive((connection, target), text)
            return
        connection, targets = params
        for target, kind, *_rest in sorted(targets):
            key = (connection, target)
            if kind == "WebPage" and key not in self.known:
                self.known.add(key)
                self.send("Setup", GLib.Variant("(tt)", key))
                self.found(key)
