"""Options of the command line that suites read; tests/run.py sets them."""

from typing import Optional

cache = True  # --no-cache: run every check, and keep no result
corpora: Optional[str] = None  # --corpora: the folder that suite spec takes its corpora from
fix = False  # --fix: suites lint and tidy mend what they can
fuzz_seconds = 5  # --seconds: for each target of suite fuzz
quick = False  # --quick: a cross-section of every suite
require_all = False  # --require-all: a missing program fails its suite
