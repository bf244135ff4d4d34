#!/usr/bin/env python3
"""Run Meridian's tests: python3 tests/run.py [--only NAME] [--quick] [--list] [--corpora DIR]
[--seconds N] [--fix]

Each suite finds its own items, so that a new test only has to be put into its folder:

  arrows   the rooms' includes against the design, and what core/ does without
  python   tests/python/test_*.py (unittest): server, fetcher, sizes, …
  native   tests/core/*_test.cpp with Catch2, compiled natively
  spec     tests/spec/*_spec.cpp, and tests/spec/sites.py with the native command: corpora of
  examples with what others
           make of them. A line for each says how many of its cases come out equal;
           tests/spec/differences.json holds the rest, with reasons. --corpora DIR takes them from
           another folder of the same layout (liquid/ kramdown/ yaml/ sites/ …; what DIR lacks is
           left out)
  wasm     the unit tests and the specifications again, compiled to wasm, under Node; and
  tests/wasm/NAME.test.mjs,
           each about the module NAME_wasm: the delivered ones driven to their limits, and those of
           that folder
  asan     the unit tests and the specifications again, under the address and undefined behaviour
  sanitizers fuzz     tests/fuzz/*_fuzz.cpp, libFuzzer's targets under both sanitizers, each for
  --seconds, with seeds from the corpora lint     prettier over web/ (.prettierrc.json); --fix mends
  what it finds types    tsc --checkJs over web/ sizes    every delivered file and every room of the
  core against cmake/budgets.json web      tests/web/*.test.mjs (node --test), most of them in a
  real Chromium, those of the walls in Firefox as well

The last line is "N passed, M failed", with ", K skipped" where something could not be tried on this
machine."""

import argparse
import concurrent.futures
import dataclasses
import itertools
import os
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree
from pathlib import Path
from typing import Callable, Dict, List, Optional

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "cmake"), str(ROOT / "tests")]

import builder
import toolchain

ITEM_TIMEOUT = 600  # seconds for one executable; the slowest take some ten
JOBS = max(1, os.cpu_count() or 1)
FEW = 3  # files of node's tests that a slow machine makes fail; more of them have another reason
LONG = 30  # seconds; files of node's tests that take longer are named


@dataclasses.dataclass
class Tally:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    report: str = ""  # what to show: failures, and why something was skipped

    def add(self, other: "Tally") -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.report = "\n".join(text for text in (self.report, other.report) if text)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed" + (
            f", {self.skipped} skipped" if self.skipped else ""
        )


@dataclasses.dataclass
class Suite:
    name: str
    items: Callable[[], List[str]]
    run: Callable[[List[str]], Tally]
    quick: bool = True  # takes part in --quick
    # Programs without which it is skipped.
    needs: List[str] = dataclasses.field(default_factory=list)
    # It has one process, and runs beside those that stand next to it and have one, too.
    single: bool = False


@dataclasses.dataclass
class Result:
    code: Optional[int]  # None: it did not end in time
    output: str
    seconds: float


def execute(command: List[str], timeout: float = ITEM_TIMEOUT, **more: str) -> Result:
    """Runs in the repository's root; standard output and error in one text."""
    begin = time.monotonic()
    environment = dict(os.environ, PATH=toolchain.search_path(), PYTHONUTF8="1", **more)
    environment.setdefault("MERIDIAN_SHARED", str(ROOT.parent / "shared"))
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        env=environment,
    ) as process:
        try:
            output, _ = process.communicate(timeout=timeout)
            return Result(process.returncode, output, time.monotonic() - begin)
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
            return Result(None, output, time.monotonic() - begin)


def tail(text: str, lines: int = 80) -> str:
    kept = text.strip().splitlines()
    return "\n".join(
        ([f"… {len(kept) - lines} lines before"] if len(kept) > lines else []) + kept[-lines:]
    )


def ending(result: Result) -> str:
    if result.code is None:
        return f"did not end within {ITEM_TIMEOUT} s"
    return f"killed by signal {-result.code}" if result.code < 0 else f"exit status {result.code}"


# ---- programs compiled from tests/core and tests/spec ----


def sources(folder: str, ending_: str) -> List[str]:
    return sorted(path.stem for path in (ROOT / "tests" / folder).glob(f"*{ending_}.cpp"))


def programs() -> List[str]:
    return described("core", "_test") + described("spec", "_spec")


def described(folder: str, kind: str) -> List[str]:
    """Names of the programs that the folder's CMakeLists.txt describes, such as "liquid_test"."""
    try:
        text = (ROOT / "tests" / folder / "CMakeLists.txt").read_text(encoding="utf-8")
    except OSError:
        return []
    return [f"{name}{kind}" for name in re.findall(rf"^\s*meridian{kind}\(\s*(\w+)", text, re.M)]


def forgotten() -> List[str]:
    """Test files that no CMakeLists.txt names: they would never run."""
    found = []
    for folder, kind in (("core", "_test"), ("spec", "_spec"), ("fuzz", "_fuzz")):
        try:
            text = (ROOT / "tests" / folder / "CMakeLists.txt").read_text(encoding="utf-8")
        except OSError:
            text = ""
        known = described(folder, kind)
        found += [
            f"tests/{folder}/{stem}.cpp is not in tests/{folder}/CMakeLists.txt"
            for stem in sources(folder, kind)
            if stem not in known and f"{stem}.cpp" not in text
        ]
    return found


def compile_programs(preset: str, items: List[str]) -> Optional[Tally]:
    """None when all is built, else what to report."""
    try:
        with builder.lock():
            builder.configure(preset)
            builder.compile(preset, items)
    except builder.BuildError as error:
        return Tally(failed=len(items), report=str(error))
    return None


def run_program(preset: str, item: str) -> Tally:
    if item == "sites":
        return run_spec(item, [sys.executable, "tests/spec/sites.py"], True)
    folder = builder.BUILD / preset / ("tests" if item.endswith("_test") else "spec")
    command = ["node", str(folder / f"{item}.js")] if preset == "wasm" else [str(folder / item)]
    return (
        run_catch2(item, command)
        if item.endswith("_test")
        else run_spec(item, command, preset == "native")
    )


def run_catch2(item: str, command: List[str]) -> Tally:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        result = execute(
            [
                *command,
                "--reporter",
                f"xml::out={report}",
                "--reporter",
                "console::colour-mode=none",
            ]
        )
        try:
            cases = xml.etree.ElementTree.parse(report).getroot().find("OverallResultsCases")
            tally = Tally(
                int(cases.get("successes")), int(cases.get("failures")), int(cases.get("skips", 0))
            )
            tally.passed += int(cases.get("expectedFailures", 0))
        except (OSError, AttributeError, xml.etree.ElementTree.ParseError):
            return Tally(failed=1, report=f"{item}: {ending(result)}\n{tail(result.output)}")
    if result.code != 0:  # a failure, or a sanitizer that spoke after the last test
        tally.failed = max(tally.failed, 1)
        tally.report = f"{item}: {ending(result)}\n{tail(result.output)}"
    elif tally.skipped:
        tally.report = f"{item}: {tally.skipped} skipped"
    return tally


SUMMARY = re.compile(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$")


CORPUS = re.compile(r"^\S+/\S+ \d+ cases \d+ equal\b.*$", re.M)
corpora: Optional[str] = None  # of --corpora


def run_spec(item: str, command: List[str], shows_figures: bool = False) -> Tally:
    # A runner is a program that ends; whether it frees what it holds says nothing about the core.
    result = execute(
        [*command, *(["--corpora", corpora] if corpora else [])], ASAN_OPTIONS="detect_leaks=0"
    )
    if shows_figures:
        print("".join(line + "\n" for line in CORPUS.findall(result.output)), end="", flush=True)
    return summed(item, result)


def summed(item: str, result: Result) -> Tally:
    """The tally of a program that ends with a summary. A sanitizer may still speak behind it."""
    lines = result.output.strip().splitlines()
    match = next(
        (found for found in map(SUMMARY.match, map(str.strip, reversed(lines))) if found), None
    )
    if not match:
        return Tally(
            failed=1, report=f"{item}: {ending(result)}, no summary\n{tail(result.output)}"
        )
    tally = Tally(int(match[1]), int(match[2]), int(match[3] or 0))
    if result.code != 0:
        tally.failed = max(tally.failed, 1)
    if tally.failed or tally.skipped:
        lines = [line for line in lines if line.strip() != match[0]]
        tally.report = f"{item}: {match[0]}\n{tail(chr(10).join(lines), 80 if tally.failed else 3)}"
    return tally


def program_suite(preset: str, kinds: str) -> Dict[str, Callable]:
    def items() -> List[str]:
        found = [item for item in programs() if re.search(kinds, item)]
        if preset == "native" and "_spec" in kinds:
            found.append("sites")
        return found + (node_items("wasm") if preset == "wasm" else [])

    def run(chosen: List[str]) -> Tally:
        scripts = (
            [item for item in chosen if item in node_items("wasm")] if preset == "wasm" else []
        )
        targets = {"sites": "meridian", **{item: f"{item}_wasm" for item in scripts}}
        broken = compile_programs(preset, [targets.get(item, item) for item in chosen])
        if broken:
            return broken
        tally = Tally()

        def run_one(item: str) -> Tally:
            return run_node_test("wasm", item) if item in scripts else run_program(preset, item)

        # Native runners of specifications measure how time grows with the input: one after the
        # other.
        alone = [item for item in chosen if preset == "native" and not item.endswith("_test")]
        side_by_side = [item for item in chosen if item not in alone]
        side_by_side.sort(
            key=lambda item: (item not in scripts, item.endswith("_test"))
        )  # the longest first
        with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
            for part in pool.map(run_one, side_by_side):
                tally.add(part)
        for item in alone:
            tally.add(run_one(item))
        if preset == "native" and forgotten() and "_test" in kinds:
            tally.add(Tally(failed=len(forgotten()), report="\n".join(forgotten())))
        return tally

    return {"items": items, "run": run}


# ---- libFuzzer's targets ----

fuzz_seconds = 5  # for each target
require_all = False  # of --require-all
FUZZ = builder.BUILD / "native-fuzz" / "fuzz"


def has_fuzzer() -> bool:
    """Whether clang brings libFuzzer's runtime: on some systems it is a package of its own."""
    target = (
        'extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }\n'
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "target.cpp"
        source.write_text(target)
        return (
            execute(
                [
                    "clang++",
                    "-fsanitize=fuzzer,address",
                    str(source),
                    "-o",
                    str(source.with_suffix("")),
                ]
            ).code
            == 0
        )


def fuzz_items() -> List[str]:
    return described("fuzz", "_fuzz")


def run_fuzz(items: List[str]) -> Tally:
    if not has_fuzzer():
        why = "fuzz: this clang has no libFuzzer"
        return (
            Tally(failed=len(items), report=why)
            if require_all
            else Tally(skipped=len(items), report=why)
        )
    broken = compile_programs("native-fuzz", items)
    if broken:
        return broken
    tally = Tally()
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for one in pool.map(run_fuzz_target, items):
            tally.add(one)
    return tally


def run_fuzz_target(item: str) -> Tally:
    """Inputs that were found stay in build/native-fuzz/fuzz/found, new ones that reach further in
    …/corpus.
    """
    name = item[: -len("_fuzz")]
    seeds, corpus, found = FUZZ / "seeds" / name, FUZZ / "corpus" / name, FUZZ / "found"
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    written = execute([sys.executable, "tests/fuzz/seeds.py", name, str(seeds)])
    if written.code != 0:
        return Tally(failed=1, report=f"{item}: no seeds\n{tail(written.output)}")
    result = execute(
        [
            str(FUZZ / item),
            "-max_len=4096",
            f"-max_total_time={fuzz_seconds}",
            "-timeout=20",
            "-rss_limit_mb=2500",
            f"-artifact_prefix={found}/{name}-",
            "-verbosity=0",
            "-print_final_stats=1",
            str(corpus),
            str(seeds),
        ],
        timeout=fuzz_seconds + ITEM_TIMEOUT,
    )
    runs = re.search(r"number_of_executed_units: (\d+)", result.output)
    print(
        f"fuzz/{name} {runs[1] if runs else '?'} executions{'' if result.code == 0 else ', a finding'}",
        flush=True,
    )
    return (
        Tally(1)
        if result.code == 0
        else Tally(failed=1, report=f"{item}: {ending(result)}\n{tail(result.output)}")
    )


# ---- the other suites ----


def run_arrows(_: List[str]) -> Tally:
    return summed("arrows", execute([sys.executable, "tests/arrows.py"]))


def python_items() -> List[str]:
    return sorted(path.stem for path in (ROOT / "tests" / "python").glob("test_*.py"))


def run_python(items: List[str]) -> Tally:
    broken = complete_build()  # they start the command and the server
    if broken:
        return broken
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        tally = Tally()
        for part in pool.map(run_python_file, items):
            tally.add(part)
    return tally


def run_python_file(item: str) -> Tally:
    result = execute([sys.executable, "-m", "unittest", "-v", f"tests/python/{item}.py"])
    ran = re.search(r"^Ran (\d+) tests? in", result.output, re.M)
    if not ran:
        return Tally(failed=1, report=f"{item}: {ending(result)}\n{tail(result.output)}")
    counts = dict(
        re.findall(r"(failures|errors|skipped)=(\d+)", result.output.strip().splitlines()[-1])
    )
    failed = int(counts.get("failures", 0)) + int(counts.get("errors", 0))
    skipped = int(counts.get("skipped", 0))
    if result.code != 0:
        failed = max(failed, 1)
    why = "\n".join(
        f"{item}: {line}" for line in result.output.splitlines() if " ... skipped " in line
    )
    return Tally(
        max(0, int(ran[1]) - failed - skipped),
        failed,
        skipped,
        f"{item}: {ending(result)}\n{tail(result.output)}" if failed else why,
    )


fix = False  # of --fix


def run_lint(_: List[str]) -> Tally:
    problem = toolchain.npm_ci()
    if problem:
        return Tally(failed=1, report=problem)
    result = execute(["node", "tests/lint.mjs", *(["--fix"] if fix else [])])
    lines = result.output.strip().splitlines()
    counts = re.fullmatch(r"(\d+) files, (\d+) findings", lines[-1] if lines else "")
    if not counts:
        return Tally(failed=1, report=f"lint: {ending(result)}\n{tail(result.output)}")
    wrong = len({line.split(":")[0] for line in lines[:-1]})
    remedy = "python3 tests/run.py --only lint --fix"
    report = f"{tail(result.output)}\nlint: {remedy}" if wrong else ""
    return Tally(int(counts[1]) - wrong, wrong, 0, report)


def run_types(_: List[str]) -> Tally:
    files = list((ROOT / "web").rglob("*.js"))
    problem = toolchain.npm_ci()
    if problem:
        return Tally(failed=1, report=problem)
    result = execute(
        ["node", "node_modules/typescript/bin/tsc", "-p", "jsconfig.json", "--pretty", "false"]
    )
    wrong = set(re.findall(r"^([^\s(]+)\(\d+,\d+\): error", result.output, re.M))
    failed = max(len(wrong), 1 if result.code else 0)
    return Tally(max(0, len(files) - failed), failed, 0, tail(result.output) if failed else "")


def complete_build() -> Optional[Tally]:
    """build/dist and build/native/meridian as they are delivered; None when they are there."""
    try:
        builder.build(builder.Progress(quiet=True), check_tools=False)
    except builder.BuildError as error:
        return Tally(failed=1, report=str(error))
    return None


def run_sizes(_: List[str]) -> Tally:
    broken = complete_build()
    return broken or summed("sizes", execute([sys.executable, "cmake/bytes.py"]))


def node_items(folder: str) -> List[str]:
    return sorted(
        path.name[: -len(".test.mjs")] for path in (ROOT / "tests" / folder).glob("*.test.mjs")
    )


def run_web(items: List[str]) -> Tally:
    broken = complete_build()
    if broken:
        return broken
    # The longest first, that none goes on alone at the end: longer files take longer.
    items = sorted(
        items, key=lambda item: -(ROOT / "tests" / "web" / f"{item}.test.mjs").stat().st_size
    )
    tally, again = Tally(), []
    with concurrent.futures.ThreadPoolExecutor(min(2, JOBS)) as pool:
        for item, part in zip(items, pool.map(lambda item: run_node_test("web", item), items)):
            if part.failed:
                again.append((item, part))
            else:
                tally.add(part)
    # A browser on a machine that stood still gives up waiting: a few that fail are run once more,
    # alone; both are told.
    for item, first in again:
        if len(again) > FEW:
            tally.add(first)
            continue
        second = run_node_test("web", item)
        outcome = (
            "failed again"
            if second.failed
            else "passed when it was run once more: it depends on time, and wants mending"
        )
        second.report = "\n".join(
            text for text in (f"web/{item} {outcome}", first.report, second.report) if text
        )
        tally.add(second)
    return tally


def run_node_test(folder: str, item: str) -> Tally:
    result = execute(["node", "--test", "--test-reporter=tap", f"tests/{folder}/{item}.test.mjs"])
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
        tally.report = f"{item}:\n{tail(result.output, 120)}"
    elif tally.skipped:
        tally.report = "\n".join(
            f"{item}: {line.strip()}" for line in result.output.splitlines() if "# SKIP" in line
        )
    return tally


def one(name: str) -> Callable[[], List[str]]:
    return lambda: [name]


SUITES = [
    Suite("arrows", one("arrows"), run_arrows),
    Suite("native", **program_suite("native", "_test$")),
    Suite("spec", **program_suite("native", "_spec$")),
    Suite("lint", one("lint"), run_lint, single=True),
    Suite("sizes", one("sizes"), run_sizes, single=True),
    Suite("types", one("types"), run_types, single=True),
    Suite("python", python_items, run_python),
    Suite("web", lambda: node_items("web"), run_web, quick=False),
    Suite("wasm", **program_suite("wasm", "_(test|spec)$"), quick=False),
    Suite("fuzz", fuzz_items, run_fuzz, quick=False, needs=["clang++"]),
    Suite("asan", **program_suite("native-asan", "_(test|spec)$"), quick=False, needs=["clang++"]),
]


def choose(only: List[str], quick: bool) -> List[tuple]:
    """(suite, its items) to run. A word of --only is a suite's name, or else a part of
    "suite:item".
    """
    chosen = []
    parts = [word for word in only if word not in [suite.name for suite in SUITES]]
    for suite in SUITES:
        if quick and not suite.quick:
            continue
        items = suite.items()
        if only and not any(word == suite.name for word in only):
            items = [
                item for item in items if any(word in f"{suite.name}:{item}" for word in parts)
            ]
        if items:
            chosen.append((suite, items))
    return chosen


def set_up(options: argparse.Namespace) -> Dict[str, str]:
    """Makes the machine ready. Returns what is missing for some suites; ends the run when nothing
    can be built.
    """
    purposes = ["build"] if options.quick else ["build", "tests"]
    missing = toolchain.ensure(purposes, may_install=not options.no_install)
    essential = [item for item in missing if item.tool.needed_for == "build"]
    if essential:
        print(f"0 passed, {len(essential)} failed")
        sys.exit(1)
    problem = toolchain.npm_ci()
    if problem:
        print(f"{problem}\n0 passed, 1 failed")
        sys.exit(1)
    return {name: item.problem or "" for item in missing for name in item.tool.names}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="NAME",
        help='run only the suite NAME, or what has NAME in "suite:item", such as liquid or native:text; may be repeated',
    )
    parser.add_argument(
        "--quick", action="store_true", help="leave out sanitizers, wasm and the browser"
    )
    parser.add_argument("--list", action="store_true", help="list suites and items, run nothing")
    parser.add_argument(
        "--corpora",
        metavar="DIR",
        type=Path,
        help="take the corpora of the suite spec from this folder",
    )
    parser.add_argument(
        "--seconds",
        metavar="N",
        type=int,
        default=5,
        help="how long the suite fuzz runs each target",
    )
    parser.add_argument("--fix", action="store_true", help="the suite lint mends what it finds")
    parser.add_argument("--no-install", action="store_true", help="don't install missing programs")
    parser.add_argument(
        "--require-all",
        action="store_true",
        help="a program that is missing fails its suite instead of skipping it (for CI)",
    )
    options = parser.parse_args()
    global corpora, fix, fuzz_seconds, require_all
    fix, fuzz_seconds, require_all = options.fix, options.seconds, options.require_all
    if options.corpora:
        if not options.corpora.is_dir():
            parser.error(f"--corpora: {options.corpora} is no folder")
        corpora = str(options.corpora.resolve())
    chosen = choose(options.only, options.quick)
    if options.list:
        for suite, items in chosen:
            print("\n".join(f"{suite.name}:{item}" for item in items))
        return 0
    if not chosen:
        print(
            f"nothing is called {', '.join(options.only)}; --list shows what there is\n0 passed, 1 failed"
        )
        return 1
    missing = set_up(options)
    if options.require_all:
        os.environ["MERIDIAN_REQUIRE_BROWSER"] = "1"
        # Elsewhere no package of apt's is one that can be driven.
        if toolchain.distribution() == "debian":
            os.environ["MERIDIAN_REQUIRE_FIREFOX"] = "1"

    def run_suite(suite: Suite, items: List[str]) -> Tally:
        begin = time.monotonic()
        lacking = [name for name in suite.needs if name in missing]
        if lacking:
            tally = Tally(report=f"{suite.name}: {lacking[0]} is missing")
            left_out = (len(items), 0) if options.require_all else (0, len(items))
            tally.failed, tally.skipped = left_out
        else:
            tally = suite.run(items)
        seconds = time.monotonic() - begin
        report = f"{tally.report}\n" if tally.report else ""
        print(f"{report}{suite.name:8} {tally} ({seconds:.1f} s)", flush=True)
        tally.report = ""
        return tally

    total = Tally()
    for single, group in itertools.groupby(chosen, key=lambda choice: choice[0].single):
        with concurrent.futures.ThreadPoolExecutor(JOBS if single else 1) as pool:
            for tally in pool.map(lambda choice: run_suite(*choice), group):
                total.add(tally)
    print(total)
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("interrupted")
