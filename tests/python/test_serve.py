"""serve.py over HTTP: its server on a free port, over a small site and a stand-in for build/dist."""

import argparse
import gzip
import http.client
import json
import os
import socket
import sys
import tempfile
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "cmake"), str(ROOT / "tests" / "python")]
import builder
import serve
from dev_server import DevServer

SHELL = '<!doctype html><html><head><meta charset="utf-8"><meta name="meridian-shell" content="{}"><title>t</title>'
LONG = "# A page\n\n" + "Some words. " * 100


def write(folder, files):
    for name, content in files.items():
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


@unittest.skipUnless(
    builder.COMMAND.exists(), "build/native/meridian, which lists what is served, is not built"
)
class ServerCase(unittest.TestCase):
    base = "/"

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        self.site, self.dist = self.folder / "site", self.folder / "dist"
        write(
            self.dist,
            {
                "index.html": SHELL.format("index"),
                "404.html": SHELL.format("404"),
                ".nojekyll": "",
                "_headers": "x",
                "meridian/meridian.wasm": b"\0asm" + b"x" * 400,
                "meridian/meridian.wasm.br": b"BR",
                "meridian/meridian.wasm.gz": gzip.compress(b"\0asm" + b"x" * 400),
                "meridian/site.js": "export {};",
            },
        )
        write(
            self.site,
            {
                "_config.yml": "title: T\n",
                "about.md": LONG,
                "index.html": "---\n---\nHome source\n",
                "404.html": "---\n---\nLost source\n",
                "plain.html": "<p>plain</p>",
                "tags/index.html": "---\n---\nTags\n",
                "demo/index.html": "<p>demo</p>",
                "LICENSE": "Words\n",
                "data.bin": bytes(range(256)),
                "pic.svg": "<svg/>",
                ".env": "SECRET=1",
                "ünï cödé.md": "text",
                "empty.md": b"",
                "notes.unknown": b"\xff\xfe\0",
            },
        )
        (self.folder / "secret.txt").write_text("secret")
        os.symlink(self.folder / "secret.txt", self.site / "link.txt")
        self.server = self.serve()

    def serve(self, *options):
        where = ["--dist", self.dist, "--base", self.base]
        server = DevServer(self.site, *where, *options)
        self.addCleanup(server.close)
        return server

    def get(self, path, method="GET", **headers):
        return self.server.get(path, method, **headers)

    def events(self):
        self.get("/meridian.json")
        events = self.server.events()
        self.addCleanup(events.close)
        return events

    def assert_shell(self, answer, which, status):
        self.assertEqual(answer.status, status)
        self.assertIn(f'name="meridian-shell" content="{which}"', answer.body.decode())


class Addresses(ServerCase):
    def test_the_home_page_is_the_shell_though_the_site_has_an_index(self):
        for path in ("/", "/index.html", "/?q=1"):
            self.assert_shell(self.get(path), "index", 200)

    def test_the_shell_is_told_where_it_is(self):
        text = self.get("/").body.decode()
        self.assertIn('<meta name="meridian-root" content="/">', text)
        self.assertIn('<meta name="meridian-manifest" content="meridian.json">', text)
        self.assertIn('<script src="/__reload.js?made=0" defer></script>', text)
        self.assertLess(text.index("charset"), text.index("meridian-root"))

    def test_unknown_paths_get_the_shell_of_404(self):
        for path in ("/nowhere/", "/a/b/c", "/tags/index.html", "/talks"):
            self.assert_shell(self.get(path), "404", 404)
        for path in ("/tags/", "/tags"):
            self.assert_shell(self.get(path), "404", 200)

    def test_a_known_page_is_no_error(self):
        write(self.site, {"b.md": "---\npermalink: /about/\n---\n"})
        server = self.serve()
        self.get = server.get
        self.assert_shell(self.get("/about/"), "404", 200)
        self.assert_shell(self.get("/about"), "404", 200)
        self.assert_shell(self.get("/elsewhere/"), "404", 404)

    def test_what_is_no_page_is_missing_though_a_plugin_would_make_it(self):
        made = "---\npermalink: {}\n---\nx"
        write(self.site, {f"_made{n}": made.format(n) for n in ("/robots.txt", "/feed.xml")})
        self.get = self.serve().get
        for path in ("/robots.txt", "/feed.xml"):
            self.assertEqual(self.get(path).status, 404)

    def test_headers_are_those_of_the_file_where_they_are_asked_for(self):
        write(
            self.dist,
            {
                "_headers": "# words\n/*\n  X-All: 1\n  X-Two: a\n/sub/*\n  ! X-All\n  X-Two: b\n/*.svg\n  Content-Type: x/y\n"
            },
        )
        write(self.site, {"_headers": "/about.md\n  X-Own: yes\n"})
        self.assertIsNone(self.get("/").getheader("X-All"))
        self.get = self.serve("--headers").get
        self.assertEqual(self.get("/").getheader("X-All"), "1")
        self.assertEqual(self.get("/").getheader("X-Two"), "a")
        self.assertIsNone(self.get("/sub/page/").getheader("X-All"))
        self.assertEqual(self.get("/sub/page/").getheader("X-Two"), "a, b")
        self.assertEqual(self.get("/about.md?x=1").getheader("X-Own"), "yes")
        self.assertEqual(self.get("/pic.svg").getheader("Content-Type"), "image/svg+xml")

    def test_sources_are_at_their_own_addresses(self):
        self.assertEqual(self.get("/about.md").body.decode(), LONG)
        self.assertEqual(self.get("/%C3%BCn%C3%AF%20c%C3%B6d%C3%A9.md").body, b"text")
        self.assertEqual(self.get("/plain.html").body, b"<p>plain</p>")
        self.assertEqual(self.get("/empty.md").body, b"")

    def test_a_folder_with_a_static_index_is_served_as_hosts_do(self):
        answer = self.get("/demo")
        self.assertEqual((answer.status, answer.getheader("Location")), (301, "/demo/"))
        self.assertEqual(self.get("/demo/").body, b"<p>demo</p>")

    def test_sources_that_the_shell_displaces_are_in_the_manifest_with_their_place(self):
        files = {
            entry["path"]: entry for entry in json.loads(self.get("/meridian.json").body)["files"]
        }
        self.assertNotIn("at", files["about.md"])
        self.assertNotIn(".env", files)
        for path, text in (
            ("index.html", b"Home source"),
            ("404.html", b"Lost source"),
            ("tags/index.html", b"Tags"),
        ):
            self.assertIn(text, self.get("/" + files[path]["at"]).body)

    def test_the_manifest_follows_changes(self):
        events = self.events()
        write(self.site, {"new.md": "x"})
        self.assertEqual(events.change(), ("message", ["new.md"]))
        self.assertIn(
            "new.md",
            [entry["path"] for entry in json.loads(self.get("/meridian.json").body)["files"]],
        )

    def test_what_is_outside_or_hidden_is_not_served(self):
        for path in (
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/..\\secret.txt",
            "/link.txt",
            "/.env",
            "//etc/passwd",
            "/a%00b",
            "/meridian/../../secret.txt",
            "/meridian/source/../secret.txt",
            "/meridian/source/.env",
            "/meridian/source/link.txt",
            "/_headers",
        ):
            with self.subTest(path):
                answer = self.get(path)
                self.assertEqual(answer.status, 404)
                self.assertNotIn(b"secret", answer.body.lower())

    def test_other_methods_are_refused(self):
        self.assertEqual(self.get("/", method="POST").status, 501)
        head = self.get("/about.md", method="HEAD")
        self.assertEqual(
            (head.status, head.body, head.getheader("Content-Length")), (200, b"", str(len(LONG)))
        )

    def test_a_name_of_another_origin_is_refused(self):
        self.assertEqual(self.get("/", Host="evil.example:80").status, 403)
        self.assertEqual(self.get("/", Host="localhost:1").status, 200)


class Transfer(ServerCase):
    def test_mime_types(self):
        for path, mime in (
            ("/about.md", "text/markdown; charset=utf-8"),
            ("/_config.yml", "text/yaml; charset=utf-8"),
            ("/meridian/meridian.wasm", "application/wasm"),
            ("/pic.svg", "image/svg+xml"),
            ("/meridian/site.js", "text/javascript; charset=utf-8"),
            ("/", "text/html; charset=utf-8"),
            ("/LICENSE", "text/plain; charset=utf-8"),
            ("/notes.unknown", "application/octet-stream"),
            ("/meridian.json", "application/json"),
        ):
            with self.subTest(path):
                self.assertEqual(self.get(path).getheader("Content-Type"), mime)

    def test_content_is_gzipped_where_the_browser_takes_it(self):
        answer = self.get("/about.md", Accept_Encoding="gzip, deflate, br")
        self.assertEqual(answer.getheader("Content-Encoding"), "gzip")
        self.assertEqual(gzip.decompress(answer.body).decode(), LONG)
        self.assertIsNone(
            self.get("/about.md", Accept_Encoding="gzip;q=0").getheader("Content-Encoding")
        )
        self.assertIsNone(
            self.get("/data.bin", Accept_Encoding="gzip").getheader("Content-Encoding")
        )

    def test_the_compressed_files_of_the_build_are_sent(self):
        brotli = self.get("/meridian/meridian.wasm", Accept_Encoding="gzip, br")
        self.assertEqual((brotli.getheader("Content-Encoding"), brotli.body), ("br", b"BR"))
        zipped = self.get("/meridian/meridian.wasm", Accept_Encoding="gzip")
        self.assertEqual(gzip.decompress(zipped.body)[:4], b"\0asm")
        self.assertEqual(self.get("/meridian/meridian.wasm").body[:4], b"\0asm")
        self.assertEqual(self.get("/meridian/meridian.wasm").getheader("Vary"), "Accept-Encoding")

    def test_what_the_browser_has_is_not_sent_again(self):
        for path in ("/about.md", "/", "/meridian/meridian.wasm", "/meridian.json"):
            for coding in ("identity", "gzip", "br"):
                tag = self.get(path, Accept_Encoding=coding).getheader("ETag")
                again = self.get(path, Accept_Encoding=coding, If_None_Match=f'"other", {tag}')
                self.assertEqual((again.status, again.body), (304, b""), (path, coding))
        old = self.get("/about.md").getheader("ETag")
        write(self.site, {"about.md": "changed"})
        self.assertEqual(self.get("/about.md", If_None_Match=old).body, b"changed")

    def test_encodings_have_tags_of_their_own(self):
        tags = {
            self.get("/meridian/meridian.wasm", Accept_Encoding=coding).getheader("ETag")
            for coding in ("identity", "gzip", "br")
        }
        self.assertEqual(len(tags), 3)

    def test_a_part_of_a_file(self):
        part = self.get("/data.bin", Range="bytes=2-4")
        self.assertEqual(
            (part.status, part.body, part.getheader("Content-Range")),
            (206, b"\2\3\4", "bytes 2-4/256"),
        )
        self.assertEqual(self.get("/data.bin", Range="bytes=-2").body, b"\xfe\xff")
        self.assertEqual(self.get("/data.bin", Range="bytes=254-").body, b"\xfe\xff")
        self.assertEqual(self.get("/data.bin", Range="bytes=256-").status, 416)
        self.assertEqual(self.get("/data.bin", Range="bytes=0-1,4-5").status, 200)

    def test_a_range_of_thousands_of_digits_is_a_range(self):
        many = "9" * 5000
        size = len((self.site / "data.bin").read_bytes())
        for asked, status, length in (
            (f"bytes=0-{many}", 206, size),
            (f"bytes={many}-", 416, 0),
            (f"bytes=-{many}", 206, size),
            (f"bytes={many}-{many}", 416, 0),
            ("bytes=0-0" + "0" * 5000, 206, 1),
            ("bytes=-", 200, size),
            ("bytes=\xb2-", 200, size),
        ):
            answer = self.get("/data.bin", Range=asked)
            self.assertEqual((answer.status, len(answer.body)), (status, length), asked[:20])

    def raw(self, request, ends=True):
        """The whole answer to the bytes of a request, until the connection is closed."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as connection:
            connection.sendall(request)
            if ends:
                connection.shutdown(socket.SHUT_WR)
            answer = b""
            try:
                while part := connection.recv(65536):
                    answer += part
            except ConnectionResetError:
                pass  # the server does not read what it has refused
            return answer

    def test_head_of_the_stream_of_events_opens_no_stream(self):
        answer = self.raw(
            b"HEAD /__reload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        head, _, body = answer.partition(b"\r\n\r\n")
        self.assertTrue(head.startswith(b"HTTP/1.1 200 "))
        self.assertIn(b"content-type: text/event-stream; charset=utf-8", head.lower())
        self.assertEqual(body, b"")

    def test_a_page_of_another_site_opens_no_stream(self):
        answer = self.get("/__reload", Sec_Fetch_Site="cross-site")
        self.assertEqual(answer.status, 403)

    def test_requests_that_are_none_are_refused_and_the_server_goes_on(self):
        for request in (
            b"\r\n",
            b"GET\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
            b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 300 + b"\r\n",
            b"\0\0\0\0\r\n\r\n",
            b"\x16\x03\x01 \xff / HTTP/1.1\r\n\r\n",
            b"GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
            b"PUT /about.md HTTP/1.1\r\nHost: localhost\r\n\r\n",
        ):
            self.assertNotIn(b"HTTP/1.1 2", self.raw(request).split(b"\r\n")[0], request[:40])
        for path in (
            "/%",
            "/%zz",
            "/%ff%fe",
            "/%00",
            "/a%00b.md",
            "/" + "a/" * 5000,
            "/" + "b" * 300,
            "/about.md/",
            "/%2f%2fevil",
            "/%5c..%5csecret",
            "/about.md%00.png",
            "/%F0%9F%98",
        ):
            self.assertIn(self.get(path).status, (301, 404), path[:40])
        self.assertEqual(self.get("/about.md").status, 200)

    def test_the_body_of_a_request_is_no_request(self):
        smuggled = b"GET /data.bin HTTP/1.1\r\nHost: localhost\r\n\r\n"
        head = b"GET /about.md HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        for more, answers in (
            (b"Content-Length: %d\r\n\r\n" % len(smuggled), 1),
            (b"Transfer-Encoding: chunked\r\n\r\n", 0),  # it is not one that begins with a size
        ):
            answer = self.raw(head + more + smuggled, ends=False)
            self.assertEqual(answer.count(b"HTTP/1.1 200"), answers)

    def test_what_is_logged_does_not_steer_the_terminal(self):
        self.server = self.serve("--verbose")
        self.get("/%1b]0;title%07")
        self.assertNotIn("\x1b", self.server.line("title").string)

    def test_a_connection_is_kept(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=10)
        self.addCleanup(connection.close)
        for path in ("/about.md", "/nowhere", "/"):
            connection.request("GET", path)
            first = connection.getresponse()
            first.read()
            self.assertFalse(first.will_close)


class SubPath(ServerCase):
    base = "/sub/path/"

    def test_everything_lies_under_the_base(self):
        self.assert_shell(self.get("/sub/path/"), "index", 200)
        self.assertIn('content="/sub/path/"', self.get("/sub/path/").body.decode())
        self.assertEqual(self.get("/sub/path/about.md").status, 200)
        self.assertEqual(self.get("/about.md").status, 404)
        for path in ("/", "/sub/path"):
            self.assertEqual(self.get(path).getheader("Location"), "/sub/path/")

    def test_ways_to_write_a_base(self):
        for text, base in (("", "/"), ("/", "/"), ("sub", "/sub/"), ("/sub//path", "/sub/path/")):
            self.assertEqual(serve.base_path(text), base)
        self.assertRaises(argparse.ArgumentTypeError, serve.base_path, "/../x")


class Checking(ServerCase):
    MISTAKE = "---\n---\n[x](/nowhere/)\n"

    def setUp(self):
        super().setUp()
        for name in ("data.bin", "notes.unknown", "link.txt"):
            (self.site / name).unlink()
        write(self.site, {"a.md": self.MISTAKE, "index.html": "---\n---\nHome\n"})
        self.server = self.serve()

    def test_the_terminal_hears_of_each_mistake_once_and_when_all_are_mended(self):
        self.server.line(r"^  a\.md:3:.*nowhere")
        write(self.site, {"b.md": self.MISTAKE})
        self.server.line(r"^  b\.md:3:.*nowhere")
        write(self.site, {"a.md": "", "b.md": ""})
        told = []
        while "  All mistakes are mended." not in told:
            told.append(self.server.lines.get(timeout=20))
        self.assertEqual([line for line in told if "nowhere" in line], [])

    def test_a_page_that_opens_later_gets_what_is_known(self):
        self.server.line(r"a\.md:3")
        events = self.server.events()
        self.addCleanup(events.close)
        kind, findings = events.next()
        self.assertEqual((kind, findings[0]["file"]), ("findings", "a.md"))

    def test_a_page_that_was_away_learns_that_something_changed(self):
        self.server.line(r"a\.md:3")
        first = self.server.events()
        self.addCleanup(first.close)
        write(self.site, {"about.md": "changed"})
        while first.next()[0] != "message":
            pass
        for made, kind in (
            ("", "findings"),
            ("1", "findings"),
            ("0", "message"),
            ("-1", "findings"),
            ("x", "findings"),
        ):
            events = self.server.events(f"?made={made}")
            self.addCleanup(events.close)
            self.assertEqual(events.next()[0], kind, made)


class Ports(unittest.TestCase):
    def test_a_taken_port_gives_the_next_free_one(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            with tempfile.TemporaryDirectory() as site:
                server = DevServer(site, "--port", port)
                self.addCleanup(server.close)
                self.assertNotEqual(server.port, port)


class Following(ServerCase):
    def test_a_changed_source_is_reported_in_time(self):
        events = self.events()
        took = []
        for name in ("about.md", "sub/new.md", "about.md", "sub/new.md"):
            begin = time.monotonic()
            write(self.site, {name: f"changed {begin}"})
            kind, paths = events.change()
            took.append(time.monotonic() - begin)
            self.assertEqual(kind, "message")
            self.assertIn(name, paths)
        # The page itself takes part of the 150 ms of a change; on a busy machine one may be late.
        self.assertLess(
            sorted(took)[1], 1
        )  # it takes some 0.03 s; a busy machine is no mistake of ours

    def test_a_removed_and_a_renamed_source_are_told(self):
        events = self.events()
        (self.site / "about.md").rename(self.site / "about-me.md")
        self.assertEqual(events.change()[1], ["about-me.md", "about.md"])
        (self.site / "about-me.md").unlink()
        self.assertEqual(events.change()[1], ["about-me.md"])
        (self.site / "demo").rename(self.folder / "elsewhere")
        self.assertEqual(events.change()[1], ["demo/index.html"])
        (self.folder / "elsewhere").rename(self.site / "demo")
        self.assertEqual(events.change()[1], ["demo/index.html"])

    def test_a_file_that_an_editor_puts_beside_while_saving_is_not_told(self):
        events = self.events()
        write(self.site, {"about.md.part-1": "changed"})
        os.replace(self.site / "about.md.part-1", self.site / "about.md")
        self.assertEqual(events.change()[1], ["about.md"])

    def test_a_problem_of_the_build_is_shown_to_pages_that_come_later(self):
        # A stand-in for Python, which is called with serve.py --rebuild.
        tool = self.folder / "rebuild"
        tool.write_text('#!/bin/sh\nprintf \'{"problem":"core/a.cpp:1: error"}\\n\' >&3\n')
        tool.chmod(0o755)
        core = self.folder / "core"
        core.mkdir()
        self.server = self.serve("--input", core, "--rebuild", tool)
        events = self.events()
        write(core, {"a.cpp": "int"})
        self.assertEqual(events.change(), ("problem", "core/a.cpp:1: error"))
        self.assertEqual(self.events().change(), ("problem", "core/a.cpp:1: error"))

    def test_a_changed_sheet_of_the_shell_is_named_and_any_other_file_loads_the_page_again(self):
        core = self.folder / "core"
        core.mkdir()
        for file, told in (("meridian/theme.css", ["meridian/theme.css"]), ("meridian/x.js", [])):
            tool = self.folder / f"rebuild-{len(told)}"
            tool.write_text(
                f'#!/bin/sh\necho x > "{self.dist}/{file}"\nprintf \'{{"problem":""}}\\n\' >&3\n'
            )
            tool.chmod(0o755)
            self.server = self.serve("--input", core, "--rebuild", tool)
            events = self.events()
            write(core, {"a.cpp": file})
            self.assertEqual(events.change(), ("message", told))


if __name__ == "__main__":
    unittest.main()
