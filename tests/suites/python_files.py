"""Suite python: tests/python/test_*.py, each with unittest in a process of its own."""

import concurrent.futures
import re
import sys
from typing import List

from suites.results import JOBS, ROOT, Tally, complete_build, ending, execute, tail


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
