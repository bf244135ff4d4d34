#!/usr/bin/env python3
"""Random sites whose documents show each other, built by several numbers of processes:

    python3 tests/python/random_sites.py [--sites 200] [--first 1] [--keep DIR] [--jekyll]

Site N is the same on every machine. Each is built with 1, 2, 3, 5 and 8 jobs, and must have the
same bytes and reports; some of its sources are rendered alone (`meridian render`) and must have the
text that the build wrote. --jekyll compares all pages with those of an installed Jekyll as well, of
sites without excerpts that show the content of other documents. test_jobs.py builds a few."""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from command import ROOT, contents, meridian, write

JOBS = (1, 2, 3, 5, 8)
DOCUMENTS = 50
ALONE = 4  # sources that are rendered by themselves
TIME = "2026-11-20T00:00:00Z"
WORDS = "amber birch cedar delta ember flint grove heath islet jetty knoll larch".split()

# What a document shows of others. Texts are cut, or they would double with each document.
SHOWN = (
    "{{ DOC.title }} at {{ DOC.url }}",
    "{{ DOC.content | strip_html | truncatewords: 7 }}",
    "{{ DOC.content | size }}",
    "{{ DOC | strip_html | strip_newlines | truncate: 70 }}",
    "{{ DOC.output | strip_html | strip_newlines | truncate: 60 }}",
    "{{ DOC.excerpt | strip_html | strip_newlines | truncate: 50 }}",
    "{{ DOC.previous.content | strip_html | truncate: 40 }}",
    "{{ DOC.next.excerpt | strip_html | truncate: 40 }}",
    "{{ DOC.next.output | size }}",
    "{% include card.html doc=DOC %}",
)
LISTS = (
    "{% for d in LIST limit: 4 offset: AT %}SHOWN {% endfor %}",
    "{% for d in LIST reversed limit: 3 %}SHOWN, {% endfor %}",
    "{% assign found = LIST | where_exp: 'd', 'd.weight > 5' %}"
    "{% for d in found limit: 3 %}SHOWN; {% endfor %}",
    "{{ LIST | map: 'url' | join: ' ' | size }}",
    "{% assign by = LIST | sort: 'weight' %}{% for d in by limit: 2 %}SHOWN {% endfor %}",
)


class Maker:
    def __init__(self, seed, as_jekyll=False):
        self.random = random.Random(seed)
        self.as_jekyll = as_jekyll
        self.files = {}
        self.posts = self.random.randint(15, 35)

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def words(self, count):
        return " ".join(self.random.choices(WORDS, k=count))

    def shown(self, doc):
        return self.random.choice(SHOWN).replace("DOC", doc)

    def of_list(self, in_page=False):
        lists = ["site.posts", "site.notes", "site.books", "site.documents"]
        lists += [] if in_page else ["site.related_posts"]
        lists += [f"site.tags.{self.random.choice(WORDS[:3])}", "site.categories.news"]
        text = self.random.choice(LISTS).replace("LIST", self.random.choice(lists))
        return text.replace("AT", str(self.random.randrange(9))).replace("SHOWN", self.shown("d"))

    def of_one(self):
        listed = self.random.choice(("posts", "notes", "books"))
        doc = self.random.choice(("page.previous", "page.next", "other"))
        assigned = f"{{% assign other = site.{listed}[{self.random.randrange(15)}] %}}"
        return (assigned if doc == "other" else "") + self.shown(doc)

    def text(self):
        parts = [self.words(6)]
        for _ in range(self.random.randint(0, 4)):
            parts.append(self.random.choice((self.of_list, self.of_one))())
        self.random.shuffle(parts)
        # An excerpt shows excerpts of documents before alone: Jekyll ends in a circle of them.
        first = self.words(4)
        if self.chance(30):
            first += " {{ page.previous.excerpt | strip_html | strip_newlines | truncate: 40 }}"
        if self.chance(20) and not self.as_jekyll:
            first += " {% for d in site.books limit: 2 %}{{ d.content | size }} {% endfor %}"
        return first + "\n\n" + "\n\n".join(parts) + "\n"

    def front(self, number, layouts=("post", "plain", "bare")):
        lines = [f"title: {self.words(2)} {number}", f"weight: {self.random.randrange(10)}"]
        if self.chance(70):
            lines.append("layout: " + self.random.choice(layouts))
        if self.chance(50):
            lines.append(f"tags: [{', '.join(self.random.sample(WORDS[:3], 2))}]")
        if self.chance(30):
            lines.append("categories: [news]")
        if self.chance(10):
            lines.append(f"excerpt: {self.words(5)}")
        return "---\n" + "\n".join(lines) + "\n---\n"

    def layouts(self):
        card = "[{{ include.doc.title }}: {{ include.doc.excerpt | strip_html | truncate: 30 }}]"
        self.files["_includes/card.html"] = card
        self.files["_layouts/bare.html"] = "<main>{{ content }}</main>\n"
        for name in ("plain", "post"):
            parts = "".join(f"<p>{self.of_one()}</p>\n<p>{self.of_list()}</p>\n" for _ in range(2))
            self.files[f"_layouts/{name}.html"] = (
                "---\nlayout: bare\n---\n<h1>{{ page.title }}</h1>{{ content }}\n"
                "{{ page.excerpt | strip_html | truncate: 40 }} {{ page.content | size }}\n" + parts
            )

    def pages(self):
        shown = self.shown("post")
        self.files["index.html"] = (
            "---\nlayout: bare\n---\n{% for post in paginator.posts %}"
            + shown
            + "{% endfor %}{{ paginator.page }} of {{ paginator.total_pages }}\n"
        )
        for number in range(4):
            body = "\n\n".join(self.of_list(in_page=True) for _ in range(3))
            pages = "{% for p in site.html_pages %}{{ p.url }} {{ p.content | size }} {% endfor %}"
            self.files[f"page{number}.{self.random.choice(('md', 'html'))}"] = (
                self.front(number, ("bare",)) + body + "\n" + (pages if self.chance(40) else "")
            )
        self.files["search.json"] = (
            "---\n---\n[{% for p in site.posts %}{{ p.excerpt | strip_html | jsonify }},"
            "{% endfor %}{% for p in site.notes limit: 3 %}{{ p.content | jsonify }},{% endfor %}1]"
        )

    def site(self):
        order = self.random.choice(("sort_by: weight", "output: true", "sort_by: title"))
        self.files["_config.yml"] = (
            "title: Random\nurl: https://example.org\nplugins: [jekyll-feed, jekyll-paginate]\n"
            "paginate: 5\npermalink: /:categories/:title.html\ncollections:\n"
            f"  notes: {{output: true, {order}}}\n  books: {{output: {'true false'.split()[self.chance(50)]}}}\n"
        )
        self.layouts()
        for number in range(self.posts):
            day = self.random.randint(1, 28)
            name = f"_posts/2024-{self.random.randint(1, 12):02}-{day:02}-p{number}.md"
            self.files[name] = self.front(number) + self.text()
        for number in range(self.posts, DOCUMENTS):
            folder = self.random.choice(("_notes", "_books"))
            self.files[f"{folder}/d{number}.md"] = self.front(number) + self.text()
        self.pages()
        return self.files


def vault(seed):
    """A plain folder of notes that embed each other, also in circles."""
    maker = Maker(seed)
    files = {}
    for number in range(DOCUMENTS):
        shown = [f"![[n{maker.random.randrange(DOCUMENTS)}]]" for _ in range(maker.chance(60) * 2)]
        files[f"n{number}.md"] = f"# {maker.words(2)}\n\n" + "\n\n".join([maker.words(5), *shown])
    return files


def site(seed, as_jekyll=False):
    return vault(seed) if seed % 5 == 0 and not as_jekyll else Maker(seed, as_jekyll).site()


def build(source, out, jobs):
    """What `meridian build` reports, and the files that it writes."""
    options = ("--theme", "site", "--time", TIME, "--jobs", jobs, "--quiet")
    result = meridian("build", "--source", source, "--destination", out, *options)
    return (result.returncode, result.stderr), contents(out)


def differences(expected, found):
    return sorted(
        path for path in expected.keys() | found.keys() if expected.get(path) != found.get(path)
    )


def rendered_alone(source, files, seed):
    """The sources among some that have another text when they are rendered by themselves."""
    paths = [path for path in files if path.endswith(".md") and path.startswith(("_", "n"))]
    for path in random.Random(seed).sample(paths, ALONE):
        options = ("--source", source, "--theme", "site", "--time", TIME)
        yield path, meridian("render", path, *options).stdout


def faults(seed, folder, jekyll=False):
    """What is wrong with site `seed`, as lines."""
    source = folder / "source"
    files = site(seed, jekyll)
    write(source, files)
    reports, expected = build(source, folder / "out", JOBS[0])
    found = [f"reports {reports}"] if reports[0] else []
    for jobs in JOBS[1:]:
        others, files_of = build(source, folder / f"out{jobs}", jobs)
        found += [f"{jobs} jobs: {path}" for path in differences(expected, files_of)]
        found += [f"{jobs} jobs: other reports"] if others != reports else []
    written = set(expected.values())
    found += [
        f"alone: {path}"
        for path, text in rendered_alone(source, files, seed)
        if text.encode() not in written and not path.startswith("_books")
    ]
    if jekyll:
        found += [f"Jekyll: {line}" for line in compared_with_jekyll(source, folder, expected)]
    return found


def compared_with_jekyll(source, folder, expected):
    written = folder / "jekyll"
    program = ROOT / "bench" / "jekyll_reference.rb"
    command = ["ruby", program, source, written, "2026-11-20 00:00:00 +0000"]
    result = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    if result.returncode:
        return [result.stderr[-300:]]
    return differences(contents(written), expected)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sites", type=int, default=200, metavar="N", help="how many (200)")
    parser.add_argument("--first", type=int, default=1, metavar="N", help="the first one (1)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep failing sites here")
    parser.add_argument("--jekyll", action="store_true", help="compare with an installed Jekyll")
    options = parser.parse_args()
    failed = 0
    for seed in range(options.first, options.first + options.sites):
        with tempfile.TemporaryDirectory(prefix="meridian-random-") as folder:
            found = faults(seed, Path(folder), options.jekyll)
            for line in found:
                print(f"site {seed}: {line}", flush=True)
            if found and options.keep:
                shutil.copytree(folder, options.keep / str(seed), dirs_exist_ok=True)
        failed += bool(found)
    print(f"{options.sites} sites, {failed} with differences")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
