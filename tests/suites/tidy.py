"""Suite tidy: clang-tidy over the C++ of core/ and cli/, with the checks of .clang-tidy.

It takes most of its time for the headers, so the files of a folder are read as one: a file that
includes them all. Those that don't compile so, because they have names of their own that others
have, too, are read one by one. The path-sensitive checks of clang's analyzer take four times as
long as all others together, and are left to `clang-tidy -p build/native FILE`."""

import collections
import concurrent.futures
import itertools
import json
import re
from pathlib import Path
from typing import Dict, List, NamedTuple, Tuple

import builder
from suites import settings
from suites.programs import compile_programs
from suites.results import JOBS, ROOT, Result, Tally, ending, execute, tail

# Each version has checks of its own: .clang-tidy is written for Debian 12's.
VERSION = 14
FOLDERS = ("core", "cli")
# One file that includes others is what this suite makes itself.
CHECKS = "-clang-analyzer-*,-bugprone-suspicious-include"
# The one check that looks at the main file alone, for files that have such a declaration.
UNUSED_USING = "-*,misc-unused-using-decls"
USING = re.compile(r"\busing [\w:]+::\w+;")
FINDING = re.compile(r"^(\S+?):(\d+):\d+: (?:warning|error): (.*)$", re.M)
CLASH = re.compile(r"^(\S+?):\d+:\d+: error: .*\[clang-diagnostic-[\w+-]+\]$", re.M)


class Group(NamedTuple):
    """Files of one folder that are compiled alike, and how."""

    paths: List[str]
    command: str
    directory: str


def groups() -> List[Group]:
    commands = json.loads((builder.BUILD / "native/compile_commands.json").read_text("utf-8"))
    own = tuple(f"{ROOT / folder}/" for folder in FOLDERS)
    alike: Dict[Tuple[str, str, str], List[str]] = collections.defaultdict(list)
    for entry in commands:
        if entry["file"].startswith(own):
            flags = entry["command"].split(" -o ")[0]
            alike[str(Path(entry["file"]).parent), flags, entry["directory"]].append(entry["file"])
    return [
        Group(sorted(paths), command, directory) for (_, command, directory), paths in alike.items()
    ]


def check(path: str, database: Path = builder.BUILD / "native", checks: str = CHECKS) -> Result:
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


def run_tidy(_: List[str]) -> Tally:
    version = re.search(r"version (\d+)", execute(["clang-tidy", "--version"]).output)
    if not version or int(version[1]) != VERSION:
        return Tally(skipped=1, report=f"tidy: skipped, clang-tidy is not version {VERSION}")
    broken = compile_programs("native", ["meridian"])  # it has headers that the build writes
    if broken:
        return Tally(failed=1, report=broken.report)
    found: Dict[str, str] = {}
    paths, wrong = set(), set()
    with concurrent.futures.ThreadPoolExecutor(1 if settings.fix else JOBS) as pool:
        checked = pool.map(check_group, itertools.count(), groups())
        for of, result in itertools.chain.from_iterable(checked):
            paths |= set(of)
            places = list(FINDING.finditer(result.output))
            for place in places:
                # A header is read with each file that includes it.
                found[place[0]] = f"{place[1].replace(f'{ROOT}/', '')}:{place[2]}: {place[3]}"
                wrong |= {path for path in of if path == place[1]} or {of[0]}
            if result.code != 0 and not places:
                found[of[0]] = f"{of[0]}: {ending(result)}\n{tail(result.output, 20)}"
                wrong.add(of[0])
    return Tally(len(paths) - len(wrong), len(wrong), 0, "\n".join(found.values()))
