"""cmake/bytes.py and cmake/dist.py: bytes are charged to the right room, and only what changed is
written.
"""

import hashlib
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "cmake"))
import builder
import bytes as sizes
import dist
import lines
import wasm_format
from join_segments import LARGEST_GAP, join_segments

MAP = """\
    Addr      Off     Size Out     In      Symbol
       -      12d     12b3 CODE
       -      12e        3         <internal>:(__wasm_call_ctors)
       -      390       56         wasm/CMakeFiles/core_wasm.dir/alloc.cpp.o:(malloc)
       -      390       56                 malloc
       -      3a0       10         wasm/CMakeFiles/core_wasm.dir/core.cpp.o:(mer_put)
       -      48e       d9         core/value/libmeridian_value.a(map.cpp.o):(_ZNK8meridian3Map4findEPKcm)
       -      48e       d9                 meridian::Map::find(char const*, unsigned long) const
       -      500       d9         libyaml.a(parser.c.o):(yaml_parser_parse)
       -     13e0        f DATA
     400     13e1        8 .rodata
     400     13e9        4         core/theme/libmeridian_theme.a(theme.cpp.o):(.rodata.templates)
     400     13e9        4                 meridian::theme::kText
     404     13ed        2         <internal>:(.rodata..L.str)
     408     13ef        4         libmd4c.a(md4c.c.o):(.rodata.fold)
"""


def vector(*items):
    return bytes([len(items)]) + b"".join(items)


def leb(number):
    return bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80]) + leb(number >> 7)


def section(kind, body):
    return bytes([kind]) + leb(len(body)) + body


def text(word):
    return bytes([len(word)]) + word.encode()


def module(bodies, names, address, data):
    imports = vector(text("env") + text("f") + b"\0\0", text("env") + text("m") + b"\2\0\1")
    code = vector(*(bytes([len(body)]) + body for body in bodies))
    named = vector(
        *(bytes([1 + i]) + text(name) for i, name in enumerate(names))
    )  # function 0 is imported
    segment = vector(b"\0\x41" + leb(address) + b"\x0b" + bytes([len(data)]) + data)
    return (
        b"\0asm\1\0\0\0"
        + section(2, imports)
        + section(10, code)
        + section(11, segment)
        + section(0, text("name") + b"\1" + leb(len(named)) + named)
    )


class Rooms(unittest.TestCase):
    def test_objects_belong_to_rooms(self):
        for path, room in (
            ("core/liquid/libmeridian_liquid.a(tags.cpp.o)", "liquid"),
            ("libmd4c.a(md4c.c.o)", "md4c"),
            ("libyaml.a(api.c.o)", "libyaml"),
            ("wasm/CMakeFiles/core_wasm.dir/core.cpp.o", "wasm"),
            ("wasm/CMakeFiles/core_wasm.dir/memory.cpp.o", "runtime"),
            ("/x/libc.a(qsort.o)", "runtime"),
        ):
            self.assertEqual(sizes.room_of(path), room)

    def test_functions_and_data_are_charged_by_the_link_map(self):
        names = [
            "malloc",
            "meridian::Map::find(char const*, unsigned long) const",
            "mer_put",
            "byn$mgfn-shared$malloc",
            "yaml_parser_parse$1",
            "unheard_of",
        ]
        found = sizes.pieces(
            module([b"a", b"bb", b"ccc", b"dddd", b"eeeee", b"f"], names, 0x400, b"TTTTssxxFFFFy"),
            sizes.read_map(MAP),
        )
        self.assertEqual(
            [(piece.room, piece.content) for piece in found],
            [
                ("runtime", b"a"),
                ("value", b"bb"),
                ("wasm", b"ccc"),
                ("runtime", b"dddd"),
                ("libyaml", b"eeeee"),
                ("runtime", b"f"),
                ("theme", b"TTTT"),
                ("literals", b"ss"),
                ("runtime", b"xx"),
                ("md4c", b"FFFF"),
                ("runtime", b"y"),
            ],
        )

    def test_a_budget_that_is_passed_is_a_failure(self):
        verdict = sizes.Verdict()
        self.assertEqual(verdict.mark(100, 100), "")
        self.assertEqual(verdict.mark(1101, 100), "  over by 1,001")
        self.assertEqual((verdict.passed, verdict.failed), (1, 1))


class Segments(unittest.TestCase):
    def test_segments_close_together_become_one(self):
        segments = [
            (1000, b"abc"),
            (1003, b"d"),
            (1004 + LARGEST_GAP, b"efg"),
            (1200, b"h" * 200),
            (983_040, b"far"),
        ]
        content = leb(len(segments)) + b"".join(
            b"\0\x41" + wasm_format.write_signed_leb(at) + b"\x0b" + leb(len(data)) + data
            for at, data in segments
        )
        code = section(10, b"\0")
        before = b"\0asm\1\0\0\0" + section(12, leb(len(segments))) + code + section(11, content)
        after = dict(wasm_format.sections(join_segments(before)))
        self.assertEqual(
            list(wasm_format.data_segments(after[11])),
            [
                (1000, b"abcd" + bytes(LARGEST_GAP) + b"efg"),
                (1200, b"h" * 200),
                (983_040, b"far"),
            ],
        )
        self.assertEqual((after[12], after[10]), (leb(3), b"\0"))

    def test_numbers_are_read_as_they_were_written(self):
        for number in (0, 63, 64, 127, 128, 8191, 8192, 983_040, 2**31 - 1):
            for write in (wasm_format.write_leb, wasm_format.write_signed_leb):
                written = write(number)
                self.assertEqual(wasm_format.leb(written, 0), (number, len(written)))
            self.assertFalse(wasm_format.write_signed_leb(number)[-1] & 0x40)

    def test_a_segment_without_an_address_is_refused(self):
        passive = section(11, leb(1) + b"\1" + leb(3) + b"abc")
        with self.assertRaises(ValueError):
            join_segments(b"\0asm\1\0\0\0" + passive)


class Dist(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.fresh, self.target = Path(folder.name) / "fresh", Path(folder.name) / "dist"

    def write(self, folder, **files):
        for name, content in files.items():
            path = folder / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)

    def names(self):
        return sorted(
            path.relative_to(self.target).as_posix()
            for path in self.target.rglob("*")
            if path.is_file()
        )

    def test_only_what_changed_is_written_and_what_is_gone_is_removed(self):
        self.write(
            self.target, a_js="same", a_js_br="A", b_js="old", old__c_js="gone", old__c_js_gz="G"
        )
        time = (self.target / "a.js").stat().st_mtime_ns
        self.write(self.fresh, a_js="same", b_js="new", d__e_js="more")
        dist.replace_changed(self.fresh, self.target)
        self.assertEqual(self.names(), ["a.js", "a.js.br", "b.js", "d/e.js"])
        self.assertEqual((self.target / "a.js").stat().st_mtime_ns, time)
        self.assertEqual((self.target / "b.js").read_text(), "new")
        self.assertFalse((self.target / "old").exists())

    def test_compressed_forms_follow_their_file(self):
        self.write(self.target, a_js="x" * 1000, small_js="x")
        dist.compress(self.target)
        self.assertEqual(self.names(), ["a.js", "a.js.br", "a.js.gz", "small.js"])
        self.write(self.target, a_js="x")
        dist.compress(self.target)
        self.assertEqual(self.names(), ["a.js", "small.js"])

    def test_a_package_has_the_same_bytes_for_the_same_files(self):
        self.write(self.target, index_html="<p>", meridian__site_js="x", meridian__site_js_br="B")
        archive = self.target.parent / "a.zip"
        hashes = set()
        with mock.patch.object(builder, "DIST", self.target):
            for _ in range(2):
                dist.package(archive)
                hashes.add(hashlib.sha256(archive.read_bytes()).hexdigest())
        self.assertEqual(len(hashes), 1)
        self.assertEqual(zipfile.ZipFile(archive).namelist(), ["index.html", "meridian/site.js"])


class Lines(unittest.TestCase):
    def test_a_file_belongs_to_its_room(self):
        files = {
            "core/a/x.cpp": 3,
            "core/a/b/y.h": 4,
            "core/CMake.py": 1,
            "cli/z.cpp": 5,
            "cli/i/w.h": 6,
        }
        files["serve.py"] = 2
        rooms = lines.lines_of_rooms(files)
        self.assertEqual(rooms, {"cli": 5, "cli/i": 6, "core": 1, "core/a": 7, "serve.py": 2})

    def test_a_room_over_its_budget_states_what_to_do(self):
        rows, findings = lines.check({"core/a": 11, "cli": 5}, {"core/a": 10, "cli": 5, "gone": 1})
        self.assertIn("over by 1", rows[0])
        self.assertEqual(len(findings), 2)
        self.assertIn("core/a: 1 lines over its budget of 10", findings[0])
        self.assertIn("say why in the commit", findings[0])
        self.assertIn("gone", findings[1])

    def test_a_new_room_needs_a_budget(self):
        self.assertEqual(len(lines.check({"core/new": 1}, {})[1]), 1)


if __name__ == "__main__":
    unittest.main()
