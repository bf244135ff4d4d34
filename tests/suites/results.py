"""What every suite needs: a program that is run in the repository's root, and the tally of it."""

import dataclasses
import os
import re
import subprocess
import time
from pathlib import Path
from typing import Callable, List, Optional

import builder
import toolchain

ROOT = Path(__file__).resolve().parents[2]

# Seconds for one file of tests, which a hang alone reaches: the slowest takes 200 on a quiet
# machine and over 600 on a shared one.
ITEM_TIMEOUT = 2400
JOBS = max(1, os.cpu_count() or 1)
# A corpus that is not here: how many cases, and why.
LEFT_OUT = re.compile(r"^\S+/\S+: \d+ cases left out: ")
SUMMARY = re.compile(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$")


@dataclasses.dataclass
class Tally:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    report: str = ""  # what to show: failures, and why something was skipped
    kept: int = 0  # of those that passed: by a result of an earlier run, see kept.py

    def add(self, other: "Tally") -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.kept += other.kept
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
    # Programs without which it is skipped.
    needs: List[str] = dataclasses.field(default_factory=list)
    # It runs beside another one of those that stand next to it and may do so, too: a browser
    # waits much of its time, and some suites have one process.
    beside: bool = False


@dataclasses.dataclass
class Result:
    code: Optional[int]  # None: it did not end in time
    output: str
    seconds: float


def execute(
    command: List[str], timeout: float = ITEM_TIMEOUT, text: Optional[str] = None, **more: str
) -> Result:
    """Runs in the repository's root; standard output and error in one text. `text`: what the
    program reads from standard input.
    """
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
        stdin=subprocess.DEVNULL if text is None else subprocess.PIPE,
        env=environment,
    ) as process:
        try:
            output, _ = process.communicate(text, timeout=timeout)
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
        if not tally.failed:
            lines = [line for line in lines if LEFT_OUT.match(line)] or lines[-3:]
        tally.report = f"{item}: {match[0]}\n{tail(chr(10).join(lines))}"
    return tally


def complete_build() -> Optional[Tally]:
    """build/dist and build/native/meridian as they are delivered; None when they are there."""
    try:
        builder.build(builder.Progress(quiet=True), check_tools=False)
    except builder.BuildError as error:
        return Tally(failed=1, report=str(error))
    return None
