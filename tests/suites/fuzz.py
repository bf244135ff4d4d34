"""Suite fuzz: libFuzzer's targets, tests/fuzz/*_fuzz.cpp."""

import concurrent.futures
import re
import sys
import tempfile
from pathlib import Path
from typing import List

import builder
from suites import settings
from suites.programs import compile_programs, described
from suites.results import ITEM_TIMEOUT, JOBS, Tally, ending, execute, tail

FUZZ = builder.BUILD / "native-asan" / "fuzz"


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
            if settings.require_all
            else Tally(skipped=len(items), report=why)
        )
    broken = compile_programs("native-asan", items)
    if broken:
        return broken
    tally = Tally()
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for one in pool.map(run_fuzz_target, items):
            tally.add(one)
    return tally


def run_fuzz_target(item: str) -> Tally:
    """Inputs that were found stay in build/native-asan/fuzz/found, new ones that reach further in
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
            f"-max_total_time={settings.fuzz_seconds}",
            "-timeout=20",
            "-rss_limit_mb=2500",
            f"-artifact_prefix={found}/{name}-",
            "-verbosity=0",
            "-print_final_stats=1",
            str(corpus),
            str(seeds),
        ],
        timeout=settings.fuzz_seconds + ITEM_TIMEOUT,
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
