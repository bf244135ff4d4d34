"""Suite tidy: clang-tidy over the C++ of core/ and cli/, with the checks of .clang-tidy.

It takes most of its time for the headers, so the files of a folder are read as one: a file that
includes them all. Those that don't compile so, because they have names of their own that others
have, too, are read one by one. The path-sensitive checks of clang's analyzer take four times as
long as all others together, and are left to `clang-tidy -p build/tidy FILE`."""

import collections
import concurrent.futures
import itertools
import json
import os
import re
import shlex
from pathlib import Path
from typing import Dict, FrozenSet, List, NamedTuple, Optional, Tuple

import builder
from suites import kept, settings
from suites.programs import compile_programs
from suites.results import JOBS, ROOT, Result, Tally, ending, execute, tail

# Each version has checks of its own: .clang-tidy is written for Debian 12's.
VERSION = 14
FOLDERS = ("core", "cli")
# One file that includes others is what this suite makes itself.
CHECKS = "-clang-analyzer-*,-bugprone-suspicious-include"
# The one check that looks at the main file alone, for files that have such a declaration.
UNUSED_USING = "-*,misc-unused-using-decls"
DATABASE = builder.BUILD / "tidy"  # its compile_commands.json
INCLUDED = re.compile(r'^#include "(.+)"$', re.M)
USING = re.compile(r"\busing [\w:]+::\w+;")
# A file that no directive names can't be included.
DIRECTIVE = re.compile(r"^[ \t]*#[ \t]*include(?:_next)?[ \t]+(.*)$", re.M)
NAMED = re.compile(r'[<"]([^>"]+)[>"]')
SOURCE_FOLDERS = ("core", "cli", "wasm")
SEARCH = re.compile(r"^ (/\S+)$", re.M)
PATHS_OF_CLANG = ("CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "CCC_OVERRIDE_OPTIONS")
FINDING = re.compile(r"^(\S+?):(\d+):\d+: (?:warning|error): (.*)$", re.M)
CLASH = re.compile(r"^(\S+?):\d+:\d+: error: .*\[clang-diagnostic-[\w+-]+\]$", re.M)


class Group(NamedTuple):
    """Files of one folder that are compiled alike, and how."""

    paths: List[str]
    command: str
    directory: str


def commands() -> List[Dict[str, str]]:
    """The command of each file, also of those that are compiled a dozen as one."""
    found = []
    for entry in json.loads((builder.BUILD / "native/compile_commands.json").read_text("utf-8")):
        path = Path(entry["file"])
        unity = path.parent.name == "Unity"
        files = INCLUDED.findall(path.read_text("utf-8")) if unity else [str(path)]
        # An option that only GCC knows, see cmake/Room.cmake.
        command = entry["command"].replace(" -Wno-subobject-linkage", "")
        found += [
            {**entry, "file": file, "command": command.replace(str(path), file)} for file in files
        ]
    return found


def groups() -> List[Group]:
    every = commands()
    DATABASE.mkdir(parents=True, exist_ok=True)
    (DATABASE / "compile_commands.json").write_text(json.dumps(every), encoding="utf-8")
    own = tuple(f"{ROOT / folder}/" for folder in FOLDERS)
    alike: Dict[Tuple[str, str, str], List[str]] = collections.defaultdict(list)
    for entry in every:
        if entry["file"].startswith(own):
            flags = entry["command"].split(" -o ")[0]
            alike[str(Path(entry["file"]).parent), flags, entry["directory"]].append(entry["file"])
    return [
        Group(sorted(paths), command, directory) for (_, command, directory), paths in alike.items()
    ]


def check(path: str, database: Path = DATABASE, checks: str = CHECKS) -> Result:
    fix = ["--fix"] if settings.fix else []
    return execute(["clang-tidy", "-p", str(database), "--quiet", f"--checks={checks}", *fix, path])


def check_as_one(number: int, group: Group, paths: List[str]) -> Result:
    # The repository's .clang-tidy is found from there.
    folder = builder.BUILD / "tidy" / str(number)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "all.cpp"
    path.write_text("".join(f'#include "{each}"\n' for each in paths), encoding="utf-8")
    entry = {
        "file": str(path),
        "directory": group.directory,
        "command": f"{group.command} -c {path}",
    }
    (folder / "compile_commands.json").write_text(json.dumps([entry]), encoding="utf-8")
    return check(str(path), folder)


def check_group(number: int, group: Group) -> List[Tuple[List[str], Result]]:
    """What clang-tidy says, with the files that it was said of."""
    together, alone = group.paths, []
    told: List[Tuple[List[str], Result]] = []
    while len(together) > 1:
        result = check_as_one(number, group, together)
        clashing = set(CLASH.findall(result.output))
        if not clashing:
            told.append((together, result))
            told += [
                ([path], check(path, checks=UNUSED_USING))
                for path in together
                if USING.search(Path(path).read_text("utf-8"))
            ]
            break
        # Also what is wrong with a file itself is told of it alone.
        apart = [path for path in together if path in clashing] or together
        together = [path for path in together if path not in apart]
        alone += apart
    else:
        alone += together
    return told + [([path], check(path)) for path in alone]


def check_kept(number: int, group: Group) -> Tuple[Group, List[Tuple[List[str], Result]], bool]:
    """The group, what clang-tidy says of it, and whether that is an earlier run's nothing."""
    told: List[Tuple[List[str], Result]] = []

    def check_now() -> Tally:
        told.extend(check_group(number, group))
        good = all(result.code == 0 and not FINDING.search(result.output) for _, result in told)
        return Tally(passed=len(group.paths)) if good else Tally(failed=1)

    if settings.fix:
        return group, check_group(number, group), False
    tally = kept.kept(lambda: inputs_of(group), check_now)
    return group, told, bool(tally.kept)


def included_names() -> Optional[FrozenSet[str]]:
    """The last parts of all names in directives; None when a macro gives one."""
    names = set()
    for folder in SOURCE_FOLDERS:
        for path in kept.files_below(ROOT / folder):
            text = path.read_text(encoding="utf-8", errors="replace")
            if "include" not in text:
                continue
            for target in DIRECTIVE.findall(text):
                named = NAMED.match(target)
                if not named:
                    return None
                names.add(Path(named[1]).name)
    return frozenset(names)


def search_folders(words: List[str]) -> List[Path]:
    """The folders of the options -I and -isystem, in their order."""
    found = []
    for at, word in enumerate(words):
        if word in ("-I", "-isystem", "-iquote"):
            found.append(words[at + 1])
        elif word.startswith("-I"):
            found.append(word[2:])
    return [Path(os.path.normpath(folder)) for folder in found]


def inputs_of(group: Group) -> Optional[kept.Inputs]:
    """Everything that the findings in a group depend on: every file that its directives could find
    in a folder of the search path, whether it is included or not, so that a new header that hides
    another one counts.
    """
    names = included_names()
    if names is None:
        return None
    inputs = kept.Inputs("tidy").program("clang-tidy")
    inputs.text("checks", f"{CHECKS} {UNUSED_USING}")
    inputs.text("command", group.command.replace(f"{ROOT}/", ""))
    for name in PATHS_OF_CLANG:
        inputs.text(name, os.environ.get(name, ""))
    inputs.files(kept.configurations(".clang-tidy", group.paths))
    inputs.files(Path(path) for path in group.paths)
    for folder in [Path(group.paths[0]).parent, *search_folders(shlex.split(group.command))]:
        inputs.text("folder", kept.shown_path(folder))
        below = [path for path in kept.files_below(folder) if "CMakeFiles" not in path.parts]
        inputs.files(
            path
            for path in below
            if path.name in names or (is_fetched(folder) and path.suffix not in (".o", ".a"))
        )
    for folder in SEARCH.findall(execute(["clang++", "-E", "-x", "c++", "-v", "/dev/null"]).output):
        inputs.installed(Path(folder))
    return inputs


def is_fetched(folder: Path) -> bool:
    """Whether headers in it may be third parties', which have directives of their own."""
    return builder.BUILD in folder.parents


def run_tidy(_: List[str]) -> Tally:
    version = re.search(r"version (\d+)", execute(["clang-tidy", "--version"]).output)
    if not version or int(version[1]) != VERSION:
        return Tally(skipped=1, report=f"tidy: skipped, clang-tidy is not version {VERSION}")
    broken = compile_programs("native", ["meridian"])  # it has headers that the build writes
    if broken:
        return Tally(failed=1, report=broken.report)
    found: Dict[str, str] = {}
    paths, wrong, reused = set(), set(), 0
    with concurrent.futures.ThreadPoolExecutor(1 if settings.fix else JOBS) as pool:
        checked = list(pool.map(check_kept, itertools.count(), groups()))
    for group, told, from_cache in checked:
        paths |= set(group.paths)
        reused += len(group.paths) if from_cache else 0
        for of, result in told:
            places = list(FINDING.finditer(result.output))
            for place in places:
                # A header is read with each file that includes it.
                found[place[0]] = f"{place[1].replace(f'{ROOT}/', '')}:{place[2]}: {place[3]}"
                wrong |= {path for path in of if path == place[1]} or {of[0]}
            if result.code != 0 and not places:
                found[of[0]] = f"{of[0]}: {ending(result)}\n{tail(result.output, 20)}"
                wrong.add(of[0])
    report = "\n".join(found.values())
    return Tally(len(paths) - len(wrong), len(wrong), 0, report, kept=reused)
