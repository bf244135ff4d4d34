"""run.py --quick: a fixed cross-section of every suite, which two cores run in a minute when the
build is current and earlier results of lint, tidy, types and sizes are kept."""

from typing import Dict, List

# By suite; a suite that is not here runs as a whole.
QUICK: Dict[str, List[str]] = {
    "native": [
        *("base_test", "text_test", "value_test", "yaml_test", "liquid_test", "markdown_test"),
        *("commonmark_test", "sass_test", "site_test", "site_plugins_test", "navigation_test"),
        *("writer_test", "check_test", "search_test", "geo_test", "live_test", "notes_test"),
    ],
    "spec": ["commonmark_spec", "kramdown_spec", "liquid_spec", "yaml_spec"],
    "python": [
        *("test_arguments", "test_arrows", "test_kept", "test_links", "test_reference", "test_run"),
        *("test_since", "test_sizes", "test_titles", "test_unreadable"),
    ],
    "web": ["core", "dom-patch", "messages", "slashes", "table-rows", "zip"],
    "package": ["new"],
    "server": ["answers", "media_types"],
    "wasm": ["base_test", "liquid_test", "alloc"],
    "fuzz": ["yaml_fuzz"],
    "growth": ["growth"],
    "asan": ["base_test", "yaml_test", "liquid_test", "markdown_test"],
}
FUZZ_SECONDS = 1  # for a target


def choose(suite: str, items: List[str]) -> List[str]:
    return [item for item in items if item in QUICK.get(suite, items)]
