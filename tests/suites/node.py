"""Suites web, server and package, and the scripts of suite wasm: NAME.test.mjs under `node --test`."""

import concurrent.futures
import os
import re
import shutil
from pathlib import Path
from typing import Dict, Iterable, List

import builder
import toolchain
from suites import kept
from suites.results import JOBS, ROOT, Tally, complete_build, ending, execute, tail

# Each memory of a WebAssembly instance makes V8 collect garbage, and the threads that help with it
# wait for each other: with one thread, tests that make thousands of instances take a quarter.
NODE = ["node", "--single-threaded-gc"]
LONG = 30  # seconds; files of node's tests that take longer are named
# What a file of the suite web imports that starts a browser: many of them run in one process, with
# one browser (tests/web/together.mjs), except those that say that they run alone.
STARTS_BROWSER = re.compile(
    r"from '\./(browser|engines|playgrounds|walled|profile-card|globe-page)\.mjs'"
)
SEVERAL_ENGINES = re.compile(r"from '\./engines\.mjs'")
RUNS_ALONE = re.compile(r"^// Runs alone: ", re.M)
TOGETHER = 8  # files in a process
# A file that starts no browser and no server, and depends on nothing but its inputs.
IS_PURE = re.compile(r"^// Pure: ", re.M)
ENVIRONMENT = ("MERIDIAN_", "JEKYLL_", "NODE_", "TZ", "LANG", "LC_", "ICU_")
# Files of the suite web that take longest, whatever their size.
FIRST = ["walk", "states", "ways-in", "network", "ways", "vectors", "access", "older"]
# Tests of the server that use packages of their own.
NEED_PACKAGES = {"runtimes", "sources", "workerd", "workerd_faults"}


# Tests in a browser make thousands of folders: in a memory file system that takes a twentieth of
# the time. Browsers have their shared memory in the same place, so much of it has to be free.
MEMORY = Path("/dev/shm")
LEAST_FREE = 4 << 30  # bytes


def temporary() -> Dict[str, str]:
    """The variable for temporary files of tests in a browser; nothing where the system's default
    serves.
    """
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK | os.X_OK):
        return {}
    return {"TMPDIR": str(MEMORY)} if shutil.disk_usage(MEMORY).free >= LEAST_FREE else {}


def node_items(folder: str) -> List[str]:
    return sorted(
        path.name[: -len(".test.mjs")] for path in (ROOT / "tests" / folder).glob("*.test.mjs")
    )


def run_web(items: List[str]) -> Tally:
    broken = complete_build()
    if broken:
        return broken
    # The longest first, that none goes on alone at the end: of others, longer files take longer.
    sizes = {item: (ROOT / "tests" / "web" / f"{item}.test.mjs").stat().st_size for item in items}
    first = [item for item in FIRST if item in items]
    items = first + sorted(set(items) - set(first), key=lambda item: -sizes[item])
    groups = grouped(items)
    with concurrent.futures.ThreadPoolExecutor(min(2, JOBS)) as pool:
        return summed_up(pool.map(run_group, groups))


def grouped(items: List[str]) -> List[List[str]]:
    """The files for each process, in the order in which they begin."""
    alone, one_engine, several = [], [], []
    for item in items:
        text = (ROOT / "tests" / "web" / f"{item}.test.mjs").read_text(encoding="utf-8")
        shares = STARTS_BROWSER.search(text) and not RUNS_ALONE.search(text)
        kind = several if SEVERAL_ENGINES.search(text) else one_engine
        (kind if shares else alone).append(item)
    count = -(-len(one_engine) // TOGETHER)
    # Firefox takes seconds to start: those that need it share one.
    groups = [several] if several else []
    groups += [one_engine[at::count] for at in range(count)]
    # The longest alone come first; short ones fill the end.
    first = [[item] for item in alone if item in FIRST]
    return first + groups + [[item] for item in alone if item not in FIRST]


def run_group(items: List[str]) -> Tally:
    """The tally of files that run in one process. When it ends before its time, the file that ran
    has failed, and those that had not begun run in another process.
    """
    if len(items) == 1:
        return run_node_test("web", items[0])
    command = [*NODE, "--test-reporter=tap", "tests/web/together.mjs", *items]
    result = execute(command, **temporary())
    blocks = suites_of(result.output)
    tally = Tally()
    done = [item for item in items if item in blocks]
    for item in done:
        tally.add(tally_of(item, blocks[item]))
    if len(done) < len(items):
        lost, *rest = [item for item in items if item not in blocks]
        report = f"{lost}: {ending(result)}\n{tail(result.output, 120)}"
        tally.add(Tally(failed=1, report=report))
        if rest:
            tally.add(run_group(rest))
    elif result.code and not tally.failed:
        report = f"{' '.join(items)}: {ending(result)}\n{tail(result.output)}"
        tally.add(Tally(failed=1, report=report))
    return tally


def suites_of(tap: str) -> Dict[str, str]:
    """Of TAP version 13 the lines of each suite that has ended."""
    found, begin = {}, 0
    for match in re.finditer(
        r"^(?:not )?ok \d+ - (.*)\n(?:  ---\n(?:.*\n)*?  \.\.\.\n)?", tap, re.M
    ):
        found[match[1].split(" # ")[0]] = tap[begin : match.end()]
        begin = match.end()
    return found


def tally_of(item: str, block: str) -> Tally:
    """Of a suite that is a file: its tests, without the suites among them, as node counts them."""
    tally = Tally()
    own = re.search(r"^(not )?ok \d+ - .*\n(?:  ---\n  duration_ms: ([\d.]+))?", block, re.M)
    seconds = float(own[2] or 0) / 1000
    if seconds > LONG:
        print(f"web/{item} took {seconds:.0f} s", flush=True)
    results = re.finditer(
        r"^( +)(not )?ok \d+ - (.*)\n(?:\1  ---\n((?:.*\n)*?)\1  \.\.\.\n)?", block, re.M
    )
    for _, failed, name, detail in (match.groups() for match in results):
        if "type: 'suite'" in (detail or "") or "# TODO" in name:
            continue
        if "# SKIP" in name:
            tally.skipped += 1
        elif failed:
            tally.failed += 1
        else:
            tally.passed += 1
    if own[1]:
        tally.failed = max(tally.failed, 1)
        tally.report = f"{item}:\n{tail(failures(block) or block, 120)}"
    elif tally.skipped:
        tally.report = "\n".join(
            f"{item}: {line.strip()}" for line in block.splitlines() if "# SKIP" in line
        )
    return tally


def run_each(folder: str, items: List[str]) -> Tally:
    """One after the other: they start servers and builds, and some measure what these hold."""
    broken = complete_build()
    if broken:
        return broken
    return summed_up(run_node_test(folder, item) for item in items)


def summed_up(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.add(tally)
    return total


def run_package(items: List[str]) -> Tally:
    return run_each("package", items)


def run_server(items: List[str]) -> Tally:
    # Too large for packages that every build needs. A test says when one is not there.
    if NEED_PACKAGES & set(items):
        toolchain.npm_ci(ROOT / "tests" / "server")
    return run_each("server", items)


def failures(tap: str) -> str:
    """Of TAP version 13 the tests that failed, each with its diagnostic block, and before it what
    its file wrote.
    """
    # Comments are matched with or without a failure behind them: each is read once.
    blocks = re.finditer(
        r"^((?:#.*\n)*)(( *)not ok .*\n(?:\3  ---\n(?:.*\n)*?\3  \.\.\.\n)?)?", tap, re.M
    )
    return "".join(block[0] for block in blocks if block[2] and "# TODO" not in block[2])


def pure_inputs(folder: str, item: str) -> kept.Inputs:
    """What such a file can read: what is delivered, all sources of sites, scripts, corpora."""
    inputs = kept.Inputs(f"{folder} {item}").program("node").program(str(builder.COMMAND))
    inputs.installed(ROOT / "node_modules").installed(Path("/usr/share/zoneinfo"))
    for name, value in sorted(os.environ.items()):
        if name.startswith(ENVIRONMENT):
            inputs.text(name, value)
    for name in ("web", "content", "core/theme", "tests/web", "tests/sites", "tests/spec"):
        inputs.tree(ROOT / name)
    for name in (builder.DIST, Path(os.environ.get("MERIDIAN_SHARED", ROOT.parent / "shared"))):
        inputs.tree(name)
    return inputs


def run_node_test(folder: str, item: str) -> Tally:
    path = ROOT / "tests" / folder / f"{item}.test.mjs"
    if path.exists() and IS_PURE.search(path.read_text(encoding="utf-8")):
        return kept.kept(lambda: pure_inputs(folder, item), lambda: run_script(folder, item))
    return run_script(folder, item)


def run_script(folder: str, item: str) -> Tally:
    command = [*NODE, "--test", "--test-reporter=tap", f"tests/{folder}/{item}.test.mjs"]
    result = execute(command, **(temporary() if folder == "web" else {}))
    if result.seconds > LONG:
        print(f"{folder}/{item} took {result.seconds:.0f} s", flush=True)
    counts = {
        word: int(number)
        for word, number in re.findall(
            r"^# (pass|fail|cancelled|skipped) (\d+)$", result.output, re.M
        )
    }
    if "pass" not in counts:
        return Tally(failed=1, report=f"{item}: {ending(result)}\n{tail(result.output)}")
    failed = counts.get("fail", 0) + counts.get("cancelled", 0)
    tally = Tally(
        counts["pass"], max(failed, 1) if result.code else failed, counts.get("skipped", 0)
    )
    if tally.failed:
        tally.report = f"{item}:\n{tail(failures(result.output) or result.output, 120)}"
    elif tally.skipped:
        tally.report = "\n".join(
            f"{item}: {line.strip()}" for line in result.output.splitlines() if "# SKIP" in line
        )
    return tally
