#!/usr/bin/env python3
"""Build sites of many pages by `meridian build`, beside Hugo and Jekyll where they are installed.

    python3 bench/build.py [--counts 1000,10000] [--rounds 3] [--only NAME,…] [--command FILE]

Each count makes one site of posts of 3 KB, with front matter, two tags, a heading, a list, a table
and code, in a layout with a list of the newest twenty; the sources for Hugo differ in the layout
alone. A round builds with each program in turn, into a folder that is not there yet; `again` builds
over the finished pages, and `edited` after one post was changed; `followed` is the time from a
change of a post until its page has it, while the program follows the sources (Jekyll with
`--incremental`). Times are the clock's, medians of the rounds. Memory is the largest sum of the
program's processes (PSS: what two of them share counts once). The pages of each are counted.
Everything lies in memory where there is /dev/shm: the disk is the same for all, and ext4 is slow
where files were removed just before."""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Dict, List, NamedTuple

ROOT = Path(__file__).resolve().parent.parent

MEMORY = "/dev/shm" if os.path.isdir("/dev/shm") else None
HOST = "https://example.org"
ENVIRONMENT = dict(os.environ, JEKYLL_NO_BUNDLER_REQUIRE="true", JEKYLL_ENV="production")
LONGEST = 60  # seconds that a change is waited for, and after which no further one is made
FOLLOWED = 7  # changes
HEAD = '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title} | {site}</title></head>\n<body>\n'
JEKYLL_LAYOUT = (
    HEAD.format(title="{{ page.title }}", site="{{ site.title }}")
    + """<article><h1>{{ page.title }}</h1>
<p>{{ page.date | date: "%B %-d, %Y" }}{% for tag in page.tags %} <span>{{ tag }}</span>{% endfor %}</p>
{{ content }}</article>
<ul>{% for post in site.posts limit: 20 %}
<li><a href="{{ post.url }}">{{ post.title }}</a></li>{% endfor %}
</ul>
</body>
</html>
"""
)
HUGO_LAYOUT = (
    HEAD.format(title="{{ .Title }}", site="{{ .Site.Title }}")
    + """<article><h1>{{ .Title }}</h1>
<p>{{ .Date.Format "January 2, 2006" }}{{ range .Params.tags }} <span>{{ . }}</span>{{ end }}</p>
{{ .Content }}</article>
<ul>{{ range first 20 .Site.RegularPages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}
</ul>
</body>
</html>
"""
)
WORDS = (
    "the method finds a sparse model of large graphs in linear time and memory where earlier work "
    "had to keep every edge which is why results on real data are new here"
).split()


def paragraph(seed: int, words: int) -> str:
    """Words in an order that follows from the seed, some of them marked."""
    text = []
    for i in range(words):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        word = WORDS[(seed >> 8) % len(WORDS)]
        text.append(f"*{word}*" if i % 19 == 7 else f"`{word}`" if i % 23 == 11 else word)
    return " ".join(text)


def post(number: int) -> str:
    body = "\n\n".join(
        [
            paragraph(number, 120),
            "## What was done\n\n" + paragraph(number + 1, 120),
            "- one [link](https://example.org/)\n- two **words**\n- three",
            "| name | value |\n| --- | --- |\n| a | 1 |\n| b | 2 |",
            "```\nplain = text(1)\n```",
            "## What follows\n\n" + paragraph(number + 2, 220),
        ]
    )
    return body + "\n"


def date_of(number: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(86400 * (3650 + number % 12000)))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def make_jekyll_site(folder: Path, count: int) -> None:
    write(
        folder / "_config.yml",
        f"title: Bench\nurl: {HOST}\npermalink: /posts/:title/\nmarkdown: kramdown\n"
        "defaults:\n  - scope: {type: posts}\n    values: {layout: post}\n",
    )
    write(folder / "_layouts" / "post.html", JEKYLL_LAYOUT)
    write(folder / "index.html", "---\ntitle: Home\nlayout: post\n---\n<p>Home.</p>\n")
    for i in range(count):
        write(
            folder / "_posts" / f"{date_of(i)}-post-{i}.md",
            f'---\ntitle: "Post number {i}"\ntags: [tag-{i % 7}, tag-{i % 11}]\n---\n{post(i)}',
        )


def make_hugo_site(folder: Path, count: int) -> None:
    write(
        folder / "hugo.toml",
        f'title = "Bench"\nbaseURL = "{HOST}/"\n'
        'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "section", "404"]\n',
    )
    shutil.copy(folder / "hugo.toml", folder / "config.toml")  # as versions before 0.110 name it
    write(folder / "layouts" / "_default" / "single.html", HUGO_LAYOUT)
    write(folder / "layouts" / "index.html", HUGO_LAYOUT)
    for i in range(count):
        write(
            folder / "content" / "posts" / f"post-{i}.md",
            f'---\ntitle: "Post number {i}"\ndate: {date_of(i)}\n'
            f"tags: [tag-{i % 7}, tag-{i % 11}]\n---\n{post(i)}",
        )


def processes_of(root: int) -> List[int]:
    """The process and its descendants."""
    parents: Dict[int, int] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = Path("/proc", entry, "stat").read_text()
            except OSError:
                continue
            parents[int(entry)] = int(stat[stat.rindex(")") + 2 :].split()[1])
    found = [root]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return found


def pss(process: int) -> int:
    """Bytes that a process holds, what it shares counted by its part."""
    try:
        lines = Path("/proc", str(process), "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


class Run(NamedTuple):
    seconds: float
    megabytes: float


def run(command: List[str], folder: Path, measure_memory: bool) -> Run:
    begin = time.monotonic()
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT
    ) as process:
        most = 0
        ended = threading.Event()

        def watch() -> None:
            nonlocal most
            while not ended.wait(0.05):
                most = max(most, sum(map(pss, processes_of(process.pid))))

        watcher = threading.Thread(target=watch)
        if measure_memory:
            watcher.start()
        _, errors = process.communicate()
        seconds = time.monotonic() - begin
        ended.set()
        if measure_memory:
            watcher.join()
    if process.returncode:
        sys.exit(f"{' '.join(command)}: {errors.decode()[-2000:]}")
    return Run(seconds, most / 1e6)


def follow(command: List[str], site: Path, page: Path, settled: float) -> float:
    """Seconds until a page has a change of its post, while the command follows its sources; the
    first change comes `settled` seconds after its start."""
    post = next(site.rglob("*post-1.md"))
    text, times = post.read_text(), []
    with subprocess.Popen(
        command, cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT
    ) as process:
        time.sleep(settled)
        for number in range(FOLLOWED):
            mark = f"Sentence {number} is new."
            post.write_text(f"{text}\n{mark}\n")
            begin = time.monotonic()
            while mark not in page.read_text() and time.monotonic() < begin + LONGEST:
                time.sleep(0.001)
            times.append(time.monotonic() - begin)
            if sum(times) > LONGEST:
                break
            time.sleep(1)
        process.kill()
    post.write_text(text)
    return statistics.median(times)


def pages(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*.html") if path.is_file())


class Program:
    """A site generator, its sources, and how long its builds took."""

    def __init__(self, name: str, words: List[str], site: Path, out: Path) -> None:
        self.name, self.site, self.out = name, site, out
        self.words = [*words, "--destination", str(out)]
        self.following = [*self.words, "--watch", *(["--incremental"] if name == "jekyll" else [])]
        self.new: List[float] = []
        self.again: List[float] = []
        self.edited: List[float] = []

    def build(self, times: List[float]) -> None:
        times.append(run(self.words, self.site, False).seconds)

    def round(self) -> None:
        shutil.rmtree(self.out, ignore_errors=True)
        self.build(self.new)
        self.build(self.again)
        post = next(self.site.rglob("*post-1.md"))
        text = post.read_text()
        post.write_text(text + "\nOne more sentence.\n")
        self.build(self.edited)
        post.write_text(text)

    def row(self, count: int) -> str:
        shutil.rmtree(self.out, ignore_errors=True)
        memory = run(self.words, self.site, True).megabytes
        new, again, edited = map(statistics.median, (self.new, self.again, self.edited))
        made = pages(self.out)
        # Twice the time of a build: a program begins to follow when it has built.
        page = next(self.out.rglob("post-1/index.html"))
        followed = follow(self.following, self.site, page, 2 * max(self.new) + 1)
        held = f"{memory:,.0f} MB" if memory else "–"  # it ended before it was looked at
        return (
            f"| {count:,} | {self.name} | {made:,} | {new:.2f} s | {made / new:,.0f} | "
            f"{again:.2f} s | {edited:.2f} s | {followed * 1000:,.0f} ms | {held} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--counts", default="1000,10000", metavar="N,…", help="numbers of posts")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="meridian,hugo,jekyll", metavar="NAME,…")
    parser.add_argument(
        "--command", type=Path, default=ROOT / "build" / "native" / "meridian", metavar="FILE"
    )
    options = parser.parse_args()
    command = str(options.command.resolve())
    commands = {
        "meridian": [command, "build", "--quiet"],
        "hugo": ["hugo", "--quiet"],
        "jekyll": ["jekyll", "build", "--quiet"],
    }
    chosen = [name for name in commands if name in options.only.split(",")]
    print("| posts | program | pages | new | pages/s | again | edited | followed | memory |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for count in map(int, options.counts.split(",")):
        with tempfile.TemporaryDirectory(prefix="meridian-build-", dir=MEMORY) as work:
            jekyll, hugo = Path(work) / "jekyll", Path(work) / "hugo"
            make_jekyll_site(jekyll, count)
            make_hugo_site(hugo, count)
            programs = [
                Program(
                    name,
                    commands[name],
                    hugo if name == "hugo" else jekyll,
                    Path(work) / f"{name}-out",
                )
                for name in chosen
                if shutil.which(commands[name][0])
            ]
            for _ in range(options.rounds):
                for program in programs:
                    program.round()
            for program in programs:
                print(program.row(count), flush=True)


if __name__ == "__main__":
    main()
