"""Sites that grow: a folder of each kind with a number of pages, and what the command makes of it.

    site_growth.py [--steps] [KIND …]     prints how bytes grow from 250 to 2,000 pages

Growth is measured in what is counted, never in time: bytes that are written and, with --steps,
instructions that are executed (by valgrind, which takes some minutes)."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "python")]
from command import MERIDIAN, contents, write

SIZES = (250, 500, 1000, 2000)
MOST = 2.2  # of bytes or steps, for twice as many pages
CONFIG = "title: T\nmeridian: {search: true}\ndefaults: [{scope: {path: ''}, values: {layout: single}}]\n"
TIME = ("--time", "2026-01-01T00:00:00Z")
COMMANDS = {
    "build": ("build", "--destination", "{out}"),
    "raw": ("build", "--raw", "--destination", "{out}"),
    "check": ("check", "--quiet"),
    "index": ("index",),
}


def posts(count):
    return {"_config.yml": CONFIG, "index.md": "---\n---\nHome\n"} | {
        f"_posts/2020-01-{i % 28 + 1:02}-post-{i}.md": f"---\ntitle: Post {i}\n---\nPost {i}.\n"
        for i in range(count)
    }


def titled(count):
    return {"_config.yml": CONFIG, "index.md": "---\n---\nHome\n"} | {
        f"page-{i}.md": f"---\ntitle: Page {i}\n---\nPage {i}.\n" for i in range(count)
    }


def notes(count):
    """One-line notes in one folder."""
    return {f"Note {i}.md": f"Note {i}.\n" for i in range(count)}


def folders(count):
    return {f"folder {i % 20}/Note {i}.md": f"# Note {i}\n\nText.\n" for i in range(count)}


def hub(count):
    """A note that links to all others, which link back."""
    return {"Hub.md": "".join(f"- [[Note {i}]]\n" for i in range(count))} | {
        f"Note {i}.md": f"See [[Hub]] and [[Note {i * 7 % count}]].\n" for i in range(count)
    }


def publications(count):
    config = CONFIG + "collections: {publications: {output: true}}\n"
    listed = "---\nlayout: publications\ntitle: Publications\n---\n"
    return {"_config.yml": config, "index.md": "---\n---\nHome\n", "publications.md": listed} | {
        f"_publications/paper-{i}.md": f"---\ntitle: Paper {i}\ndate: 20{i % 25 + 1:02}-01-01\n"
        f"venue: Journal {i % 9}\n---\nAbstract {i}.\n"
        for i in range(count)
    }


def tags(count):
    """Notes with a tag of their own, and one that all have."""
    return {f"Note {i}.md": f"Note #t{i} #all #in/group{i % 50}\n" for i in range(count)}


KINDS = {make.__name__: make for make in (posts, titled, notes, folders, hub, publications, tags)}


def measure(kind, count, command, steps=False):
    """Bytes that are written, or instructions in millions."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "source"), Path(folder, "out")
        out.mkdir()
        write(source, KINDS[kind](count))
        words = [word.format(out=out) for word in COMMANDS[command]]
        words += ["--source", str(source), *TIME] + (["--jobs", "1"] if command == "build" else [])
        counted = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
        done = subprocess.run(
            [*(counted if steps else ()), MERIDIAN, *words], capture_output=True, text=True
        )
        if done.returncode:
            raise AssertionError(f"{kind} {count} {command}: {done.stdout}{done.stderr}")
        if steps:
            return int(re.search(r"Collected : (\d+)", done.stderr)[1]) // 1_000_000
        made = contents(source / "meridian") if command == "index" else contents(out)
        return sum(map(len, made.values()))


def main():
    steps = "--steps" in sys.argv
    kinds = [kind for kind in sys.argv[1:] if kind in KINDS] or list(KINDS)
    print(f"{'pages':22}" + "".join(f"{size:>20}" for size in SIZES))
    for kind in kinds:
        for command in COMMANDS:
            found = [measure(kind, size, command, steps) for size in SIZES]
            if not any(found):
                continue
            cells = f"{found[0]:>20}"
            for before, now in zip(found, found[1:]):
                cells += f"{now:>13} × {now / before:.2f}" if before else f"{now:>20}"
            print(f"{kind:14}{command:8}{cells}", flush=True)


if __name__ == "__main__":
    main()
