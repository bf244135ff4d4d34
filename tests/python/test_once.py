"""What the project knows in one place only: a second copy of each fails here."""

import re
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("cli", "core", "wasm", "web", "cmake", "serve.py")


def files_with(pattern: str, *folders: str) -> list:
    """The sources that have the pattern outside of comments."""
    listed = subprocess.run(
        [
            "git",
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
            *(folders or FOLDERS),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    kinds = (".cpp", ".h", ".js", ".mjs", ".py")
    found = []
    for path in sorted(listed.stdout.split("\0")):
        if not path.endswith(kinds) or not (ROOT / path).exists():
            continue
        text = (ROOT / path).read_text(encoding="utf-8")
        code = re.sub(r"^\s*(//|#(?!include)|\*|/\*).*$", "", text, flags=re.M)
        if re.search(pattern, code, re.S):
            found.append(path)
    return found


class Once(unittest.TestCase):
    def test_one_conversation_with_the_core_in_javascript(self):
        asks = set(files_with(r"[!=]== NEEDS\b", "web"))
        # A page with a globe needs the module of still pictures, which the core does not know.
        adds = set(files_with(r"status: NEEDS\b.*stills", "web"))
        self.assertEqual(asks - adds, {"web/engine/complete.js"})
        self.assertEqual(files_with(r"[!=]== NEEDS\b.{0,200}supply\(", "web"), [])

    def test_one_conversation_with_the_core_in_cpp(self):
        counts = files_with(r"\bround\s*<\s*(Workspace::)?kMaxRounds\b", "core", "cli", "wasm")
        self.assertEqual(counts, ["core/include/meridian/workspace.h"])

    def test_one_edit_distance(self):
        # A cell of the table is one more than its neighbour.
        found = files_with(r"\[j - 1\]\)? \+ (1|!|\()", "core", "cli", "wasm", "web", "cmake")
        # The script that makes the gazetteer compares names in Python.
        self.assertEqual(found, ["core/include/meridian/text.h", "core/travel/data/winners.py"])

    def test_one_printer_of_json_texts(self):
        # That of scholar is in bibliography.wasm, which has no values.
        self.assertEqual(
            files_with(r"\\\\u00\"|invalid \? 'x' : 'u'", "core", "cli", "wasm"),
            ["core/scholar/json.cpp", "core/value/print.cpp"],
        )

    def test_one_watcher(self):
        self.assertEqual(
            files_with(
                r"import \{[^}]*\bwatch\b[^}]*\} from 'node:fs'|inotify", "web", "cmake", "serve.py"
            ),
            ["web/command/watch.mjs"],
        )
        # That of `build --watch`, in the command.
        self.assertEqual(files_with(r"inotify_init", "cli", "core"), ["cli/folder_events.cpp"])

    def test_one_reader_of_host_headers(self):
        readers = files_with(
            r"! Name|startsWith\('!'\)|startswith\(\"!\"\)", "web", "cmake", "serve.py"
        )
        self.assertEqual(readers, ["web/server/host_headers.js"])

    def test_one_server_for_this_machine(self):
        for pattern in (r"createServer\(", r"text/event-stream", r"EADDRINUSE"):
            found = files_with(pattern, "web", "cmake", "serve.py")
            with self.subTest(pattern):
                self.assertEqual(len(found), 1, found)


if __name__ == "__main__":
    unittest.main()
