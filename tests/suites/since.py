"""run.py --since REV: the tests that a change can affect.

Each changed file is looked at by rules, from the most exact one to the roughest:

  the file itself is a test                   that test
  a test includes, imports or mentions it     these tests, also by way of other files in tests/
  docs/architecture.md names it in its table  the tests of that row
  it is in a room                             the tests of the rooms whose arrows lead to it
  its folder has a rule (PLACES)              the suites or tests named there

A file that no rule knows chooses everything. What a change of a room reaches only by way of a
module that has to be linked again (browsers, sanitizers, packages) is left to the whole run, and
said."""

import posixpath
import re
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Dict, Iterable, List, NamedTuple, Optional, Set, Tuple

import arrows
import web_arrows
from suites.results import ROOT

Choice = Tuple[str, str]  # suite and item


class Chosen(NamedTuple):
    suite: str
    item: str
    why: str


# Suites of one item, which read many files at once and keep their results for each of them.
CHECKS = {
    "arrows": ("core/", "cli/", "wasm/", "web/"),
    "tidy": ("core/", "cli/", ".clang-tidy"),
    "types": ("web/", "jsconfig.json"),
    "sizes": ("cmake/budgets.json", "cmake/bytes.py", "cmake/line_budgets.json", "cmake/lines.py"),
}
UNREAD_BY_LINT = re.compile(r"\.(png|svg|bin|tsv|txt|json\.expected)$")
# What no arrow and no import says: the beginning of a path, and words of --only. The first that
# fits counts; no words: nothing but the checks above.
PLACES: List[Tuple[str, List[str]]] = [
    ("tests/lint.mjs", ["lint"]),
    ("tests/words.mjs", ["lint"]),
    ("tests/run.py", ["python:test_run", "python:test_since", "python:test_docs_commands"]),
    ("tests/suites/", ["python:test_run", "python:test_kept", "python:test_since"]),
    ("tests/sites/", ["spec:sites"]),
    ("tests/spec/", ["spec"]),
    ("tests/fuzz/growth", ["growth"]),
    ("tests/fuzz/", ["fuzz"]),
    ("tests/core/", ["native"]),
    ("tests/wasm/", ["wasm"]),
    ("tests/web/", ["web"]),
    ("tests/server/", ["server"]),
    ("tests/package/", ["package"]),
    ("tests/python/", ["python"]),
    ("docs/", ["python:test_docs", "python:test_reference"]),
    ("content/", ["python:test_content", "spec:sites"]),
    ("core/theme/", ["native:theme_test", "python:test_theme", "spec:sites"]),
    ("cli/node/", ["package"]),
    ("cli/", ["python", "spec:sites"]),
    (
        "cmake/",
        ["sizes"] + [f"python:test_{name}" for name in ("shell_parts", "release", "toolchain")],
    ),
    ("bench/", []),
    (".github/", ["python:test_workflows", "python:test_docs"]),
    ("action.yml", ["python:test_workflows"]),
    (".ci/", ["python:test_workflows"]),
    (".gitignore", []),
    (".editorconfig", []),
    (".prettier", []),
    ("eslint.config.js", []),
    (".clang-format", []),
    ("README.md", ["python:test_docs"]),
    ("CHANGELOG.md", ["python:test_docs"]),
    ("CONTRIBUTING.md", ["python:test_docs"]),
    ("SECURITY.md", ["python:test_docs"]),
    ("CODE_OF_CONDUCT.md", ["python:test_docs"]),
    ("LICENSE", ["python:test_release"]),
    ("web/command/", ["package", "python:test_serve", "python:test_published"]),
    ("web/server/", ["server"]),
    ("web/build/", ["python:test_shell_parts", "web:targets"]),
]
# What everything is built with.
BUILDS_ALL = re.compile(
    r"cmake/(?:[\w.]+\.cmake|deps\.json|builder\.py|toolchain\.py)|\w+[\w.-]*\.\w+"
)
# Rooms of web/ by the words with which the names of their tests begin; others are those of all
# pages, which stand for the pages of the shell.
NAMED_WEB_ROOMS = ("diagrams", "globe", "highlight", "notes", "offline", "playground", "profile")
NAMED_WEB_ROOMS += ("search", "theme")
OF_ALL_PAGES = ["mount", "page-load", "patched", "visits", "slashes", "thread", "messages"]
TEST_FILE = re.compile(
    r"tests/(?:(?P<node>web|server|package|wasm)/(?P<script>[\w-]+)\.test\.mjs"
    r"|python/(?P<python>test_\w+)\.py|core/(?P<unit>\w+_test)\.cpp|spec/(?P<spec>\w+_spec)\.cpp"
    r"|fuzz/(?P<fuzz>\w+_fuzz)\.cpp|(?P<sites>spec/sites\.py)|(?P<arrows>(?:web_)?arrows\.py))$"
)
LOCAL_IMPORT = re.compile(
    r"""(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}/[^'"]+)['"]|^#include "([^"]+)"|"""
    r"""^(?:from|import) ([\w.]+)(?: import ([\w, ]+))?""",
    re.M,
)
PYTHON_PLACES = ("tests/", "cmake/", "")
ROW = re.compile(r"^\|([^|]*)\|([^|]*)\|([^|]*)\|$", re.M)
PATH = re.compile(r"`([\w./*-]+)`")


def changed_files(revision: str, root: Path = ROOT) -> List[str]:
    """Files that differ from the revision, with those that are not committed and not ignored."""

    def git(*words: str) -> List[str]:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True)
        if done.returncode:
            raise ValueError("\n".join(done.stderr.strip().splitlines()[:1]))
        return [name for name in done.stdout.split("\0") if name]

    commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    differ = git("diff", "--name-only", "--no-renames", "-z", commit[0].strip(), "--")
    return sorted({*differ, *git("ls-files", "--others", "--exclude-standard", "-z")})


def test_of(path: str) -> Optional[Choice]:
    """The suite and the item of a test file."""
    match = TEST_FILE.fullmatch(path)
    if not match:
        return None
    if match["node"]:
        return match["node"], match["script"]
    if match["unit"]:
        return "native", match["unit"]
    if match["sites"]:
        return "spec", "sites"
    if match["arrows"]:
        return "arrows", "arrows"
    suite = next(name for name in ("python", "spec", "fuzz") if match[name])
    return suite, match[suite]


class Tests:
    """The files in tests/: what each imports, and its text."""

    def __init__(self, root: Path = ROOT) -> None:
        self.texts: Dict[str, str] = {}
        for path in sorted((root / "tests").rglob("*")):
            inside = path.relative_to(root).as_posix()
            kind = path.suffix in (".py", ".mjs", ".js", ".cpp", ".h", ".cjs")
            if kind and "node_modules" not in path.parts and not inside.startswith("tests/sites/"):
                self.texts[inside] = path.read_text(encoding="utf-8", errors="replace")
        self.users: Dict[str, Set[str]] = {}
        for name, text in self.texts.items():
            for target in self.imports(name, text):
                self.users.setdefault(target, set()).add(name)

    def imports(self, name: str, text: str) -> Iterable[str]:
        folder = posixpath.dirname(name)
        for script, header, module, names in LOCAL_IMPORT.findall(text):
            if module:
                package = module.replace(".", "/")
                for inner in (package, *(f"{package}/{name}" for name in names.split(", "))):
                    yield from (f"{place}{inner}.py" for place in (f"{folder}/", *PYTHON_PLACES))
            else:
                yield posixpath.normpath(f"{folder}/{script or header}")

    def using(self, path: str) -> Set[str]:
        """The tests that import the file or have its name, or its folder's, in quotes, also through
        others of tests/.
        """
        parts = path.split("/")
        least = 3 if parts[0] in ("core", "web", "tests") else 2  # not a whole room
        names = [path, *("/".join(parts[:count]) for count in range(least, len(parts)))]
        quoted = re.compile(rf"['\"/](?:{'|'.join(map(re.escape, names))})/?['\"]")
        todo = [path, *(name for name, text in self.texts.items() if quoted.search(text))]
        seen: Set[str] = set()
        while todo:
            name = todo.pop()
            if name not in seen:
                seen.add(name)
                # What one test imports of another is a helper in it.
                todo += self.users.get(name, ())
        return {name for name in seen if test_of(name)}


@lru_cache(maxsize=None)
def tests_of(root: Path) -> Tests:
    return Tests(root)


def table(text: str) -> List[Tuple[List[str], List[str]]]:
    """The rows of docs/architecture.md: files, and their tests."""
    return [(PATH.findall(files), PATH.findall(tests)) for _, files, tests in ROW.findall(text)]


def units(room: str, links: Dict[str, List[str]]) -> List[str]:
    """The programs whose rooms know the room."""
    return [
        name
        for name, rooms in links.items()
        if any(room in arrows.behind(other) for other in rooms if other in arrows.ARROWS)
    ]


def program_links(root: Path = ROOT) -> Dict[str, List[str]]:
    """By the CMakeLists.txt of tests/core and tests/spec: the rooms that each program links."""
    found = {}
    for folder in ("core", "spec"):
        path = root / "tests" / folder / "CMakeLists.txt"
        text = path.read_text(encoding="utf-8")
        for kind, name, rooms in re.findall(
            r"^\s*meridian_(\w+)\((\w+) LINKS ([^)]*)\)", text, re.M
        ):
            found[f"{name}_{kind}"] = rooms.split()
    return found


def room_of(path: str) -> Optional[str]:
    """The room of a file in core/."""
    parts = path.split("/")
    if parts[:3] == ["core", "include", "meridian"] and len(parts) == 4:
        stem = Path(path).stem
        return arrows.PART_OF.get(stem, stem) if path.endswith(".h") else None
    return parts[1] if parts[0] == "core" and len(parts) > 2 and parts[1] in arrows.ARROWS else None


def web_tests(room: str, items: List[str]) -> List[str]:
    """The tests of a room of web/, and of the rooms that know it."""
    rooms = {room, *(other for other, knows in web_arrows.ARROWS.items() if room in knows)}
    named = [name for name in NAMED_WEB_ROOMS if name in rooms]
    if room in NAMED_WEB_ROOMS:
        return [item for item in items if item.split("-")[0] in named]
    # Below everything: one test for each room above, beside those of all pages.
    return [item for item in items if item in OF_ALL_PAGES or item in named]


def choose(paths: List[str], suites: Dict[str, List[str]], root: Path = ROOT) -> List[Chosen]:
    """What to run for these changed files, with the reason. `suites`: all items by suite."""
    tests = tests_of(root)
    rows = table((root / "docs" / "architecture.md").read_text(encoding="utf-8"))
    links = program_links(root)
    chosen: Dict[Choice, str] = {}

    def add(suite: str, item: str, why: str) -> bool:
        if item not in suites.get(suite, ()):
            return False
        chosen.setdefault((suite, item), why)
        return True

    def add_test(path: str, why: str) -> bool:
        test = test_of(path)
        if not test:
            return False
        # A unit test of another room is a file of a program that has its name.
        return add(*test, why) or test[0] == "native"

    def add_word(word: str, why: str) -> None:
        for suite, items in suites.items():
            for item in items:
                if word == suite or f"{suite}:{item}".startswith(
                    word if ":" in word else f"{word}:"
                ):
                    add(suite, item, why)

    for path in paths:
        for suite, places in CHECKS.items():
            if path.startswith(places):
                add(suite, suite, f"{path} is among its files")
        if not UNREAD_BY_LINT.search(path):
            add("lint", "lint", f"{path} is among its files")
        if test_of(path) and (root / path).exists():
            add_test(path, f"{path} has changed")
            continue
        words = next((words for place, words in PLACES if path.startswith(place)), None)
        builds_all = BUILDS_ALL.fullmatch(path) and (words is None or path.startswith("cmake/"))
        if builds_all:
            for suite in suites:
                add_word(suite, f"everything is built with {path}")
            continue
        using = tests.using(path)
        known = [add_test(name, f"{name} uses {path}") for name in sorted(using)]
        for files, named in rows:
            if path in files or any(name.endswith("/") and path.startswith(name) for name in files):
                why = f"docs/architecture.md names it for {path}"
                known += [add_test(name, why) for name in named]
        room = room_of(path)
        if room in arrows.ARROWS:
            for name in units(room, links):
                known.append(add(*test_suite(name), f"{name} links the room {room} of {path}"))
            known.append(add("spec", "sites", f"whole sites go through the room {room} of {path}"))
        web_room = path.split("/")[1] if path.startswith("web/") and path.count("/") > 1 else None
        if web_room in web_arrows.ARROWS and words is None:
            for item in web_tests(web_room, suites.get("web", [])):
                known.append(
                    add("web", item, f"it is of web/{web_room} or of what knows it: {path}")
                )
        # A helper that tests import has been followed; a place is for what nobody imports.
        if words is not None and not (using and path.startswith("tests/")):
            for word in words:
                add_word(word, f"{path} is in {place_of(path)}")
            known.append(True)
        if not any(known):
            for suite in suites:
                add_word(suite, f"no rule knows {path}")
    order = list(suites)
    return sorted(
        (Chosen(suite, item, why) for (suite, item), why in chosen.items()),
        key=lambda choice: (order.index(choice.suite), choice.item),
    )


def place_of(path: str) -> str:
    return next(place for place, _ in PLACES if path.startswith(place))


def test_suite(program: str) -> Choice:
    return ("native" if program.endswith("_test") else "spec"), program


def left_out(chosen: List[Chosen], suites: Dict[str, List[str]]) -> List[str]:
    """A line for each suite that runs in part or not at all."""
    lines = []
    for suite, items in suites.items():
        count = sum(choice.suite == suite for choice in chosen)
        if count < len(items):
            lines.append(f"{suite}: {len(items) - count} of {len(items)}")
    return lines
