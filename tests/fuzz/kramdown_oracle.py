#!/usr/bin/env python3
"""Compares kramdown's dialect with real kramdown on random small documents.

Documents are put together from fragments of Markdown that meet each other in unlikely ways. Needs
`ruby` with the gems kramdown, kramdown-parser-gfm and rouge; without them it says so and ends well.

    python3 tests/fuzz/kramdown_oracle.py [--count N] [--seed N] [--show N] [--spec
    build/native/spec/kramdown_spec]
"""

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "spec"))
import examples

RUBY = r"""
require 'json'
require 'timeout'
require 'kramdown'
require 'kramdown-parser-gfm'
$stdout.sync = true
puts 'ready'
while (line = $stdin.gets)
  c = JSON.parse(line)
  begin
    html = Timeout.timeout(5) { Kramdown::Document.new(c['markdown'], c['options']).to_html }
    puts JSON.generate(html)
  rescue Exception => e
    puts JSON.generate({'error' => e.class.to_s})
  end
end
"""

OPTIONS = {
    "auto_ids": True,
    "toc_levels": [1, 2, 3, 4, 5, 6],
    "entity_output": "as_char",
    "smart_quotes": "lsquo,rsquo,ldquo,rdquo",
    "input": "GFM",
    "hard_wrap": False,
    "footnote_nr": 1,
    "show_warnings": False,
    "syntax_highlighter": "rouge",
    "syntax_highlighter_opts": {"default_lang": "plaintext", "guess_lang": True},
}

SPANS = [
    "word",
    "Two words",
    "a",
    "x1",
    "naïve",
    "日本",
    "*",
    "**",
    "_",
    "__",
    "***",
    "`",
    "``",
    "`code`",
    "*em*",
    "**strong**",
    "_em_",
    "[",
    "]",
    "![",
    "](url)",
    '](/a "t")',
    "](<u v>)",
    "[text](url)",
    "[text][id]",
    "[id]",
    "![alt](src)",
    "(",
    ")",
    "[^1]",
    "[^n]",
    "<b>",
    "</b>",
    '<span class="x">',
    "</span>",
    "<br>",
    "<br/>",
    '<img src="a">',
    "<div>",
    "</div>",
    "<!-- c -->",
    "<!--",
    "-->",
    "<http://x.y>",
    "<a@b.c>",
    "<code>",
    "</code>",
    "<a href='u'>",
    "</a>",
    "<kbd>",
    "</kbd>",
    '"',
    "'",
    '"q"',
    "'q'",
    "'s",
    "it's",
    "'80s",
    "--",
    "---",
    "...",
    "<<",
    ">>",
    "<< ",
    " >>",
    "\\",
    "\\*",
    "\\_",
    "\\[",
    '\\"',
    "\\|",
    "&amp;",
    "&copy;",
    "&x;",
    "&#60;",
    "&lt;",
    "&",
    "$$",
    "$$x$$",
    "{:.c}",
    "{: #i}",
    '{:.c #i k="v"}',
    "{::comment}",
    "{:/}",
    "{::nomarkdown}",
    "{:/comment}",
    "~~",
    "~~del~~",
    "  ",
    " ",
    " ",
    " ",
    "|",
    "||",
    ",",
    ".",
    "!",
    ":",
    ";",
    "HTML",
    "(c)",
    "#",
    "{",
    "}",
    "<",
    ">",
    "=",
    "-",
    "+",
    "1.",
    "\t",
    "http://x.y",
    "\\\\",
    "^",
    "[*x*](u)",
    "*[x](u)*",
    "</p>",
    "<p>",
    "<u>",
    "<x-y>",
    "<sup>2</sup>",
    "![a][id]",
    '[a](b "c")',
    "[a] (b)",
    "[a]: b",
]
LINES = [
    "",
    "",
    "",
    "",
    "text",
    "# Header",
    "## Header {#id}",
    "### Head ##",
    "#nohead",
    "======",
    "------",
    "---",
    "- - -",
    "* * *",
    "***",
    "- item",
    "* item",
    "+ item",
    "1. item",
    "2. two",
    "10. ten",
    "-",
    "* ",
    "- [ ] task",
    "- [x] done",
    "> quote",
    ">",
    "> > deep",
    ">> x",
    "    code",
    "\tcode",
    "  two",
    "   three",
    "     five",
    "        eight",
    "```",
    "```ruby",
    "~~~",
    "~~~ text",
    "``` a b",
    "````",
    "| a | b |",
    "|---|---|",
    "|:--|--:|",
    "a | b",
    "--|--",
    "|===|",
    "| c |",
    "|-",
    "| `a|b` | c |",
    "a \\| b | c",
    ": definition",
    ":  def",
    "term",
    "^",
    "{:.cls}",
    "{: #idx}",
    "{:toc}",
    '{:.a key="v"}',
    "{:ref: .r}",
    "{:ref}",
    "* {:.li} item",
    "- {:.l}",
    "[id]: /url",
    '[id]: <u> "Title"',
    "[id]: /url 'T'",
    "[//]: # (comment)",
    "[^1]: note",
    "[^n]: note\n    more",
    "*[HTML]: Hyper",
    "*[x1]: X",
    "<div>",
    "</div>",
    '<div markdown="1">',
    "<p>",
    "</p>",
    "<p>para</p>",
    "<span>s</span>",
    "<table><tr><td>",
    "</td></tr></table>",
    "<ul>",
    "<li>x</li>",
    "</ul>",
    "<br>",
    "<hr>",
    "<!-- comment -->",
    "<!-- open",
    "-->",
    "<script>",
    "</script>",
    "<style>a{}</style>",
    "<pre>",
    "</pre>",
    '<div markdown="span">*x*</div>',
    '<section markdown="block">',
    "</section>",
    "<details>",
    "<summary>s</summary>",
    "</details>",
    "<div>text</div> tail",
    "<img src='x'>",
    "<center>c</center>",
    "<div",
    "</",
    "<a href='x'>link</a>",
    "<?php x ?>",
    '<iframe src="x"></iframe>',
    "$$",
    "$$ x $$",
    "$$x$$ y",
    "\\$$x$$",
    "{::comment}",
    "{:/comment}",
    "{:/}",
    "{::nomarkdown}",
    "{:/nomarkdown}",
    '{::options auto_ids="false" /}',
    "{::comment /}",
    "hard  ",
    "back\\",
    "trail   ",
    "=",
    "--",
    "1",
    "\\- x",
    "1\\. x",
    "+",
    "*a*",
    "*[a]: b",
    "Setext\n---",
    "Setext\n===",
]


def span(r):
    return "".join(r.choice(SPANS) + r.choice(["", " ", ""]) for _ in range(r.randint(1, 9)))


def line(r):
    text = r.choice(LINES) if r.random() < 0.6 else span(r)
    roll = r.random()
    if roll < 0.12 and text:
        text += " " + span(r)
    if r.random() < 0.25:
        text = (
            r.choice(
                [
                    "> ",
                    "- ",
                    "* ",
                    "1. ",
                    "    ",
                    "  ",
                    "   ",
                    "\t",
                    ": ",
                    "> > ",
                    "- - ",
                    " ",
                    "# ",
                    "  * ",
                    "    - ",
                ]
            )
            + text
        )
    return text


CHOICES = {
    "hard_wrap": [True, False],
    "parse_block_html": [True, False],
    "parse_span_html": [True, False],
    "auto_ids": [True, False],
    "entity_output": ["as_char", "as_input", "numeric", "symbolic"],
    "input": ["GFM", "GFM", "kramdown"],
    "header_offset": [0, 2, -1],
    "gfm_quirks": ["paragraph_end", "", "no_auto_typographic", "paragraph_end,no_auto_typographic"],
    "footnote_nr": [1, 7],
    "footnote_backlink": ["&#8617;", "", "back <"],
    "footnote_backlink_inline": [True, False],
    "footnote_prefix": ["", "p-"],
    "auto_id_prefix": ["", "x-"],
    "auto_id_stripping": [True, False],
    "math_engine": ["mathjax", None],
    "syntax_highlighter": ["rouge", None],
    "toc_levels": ["1..6", "2..3", "1,4"],
    "smart_quotes": ["lsquo,rsquo,ldquo,rdquo", "apos,apos,quot,quot", "39,8217,laquo,raquo"],
    "typographic_symbols": [{}, {"hellip": "...", "mdash": "<m>"}],
    "remove_line_breaks_for_cjk": [True, False],
    "link_defs": [{}, {"id": ["/given", "T"], "Two words": ["/two"]}],
}
CHAOS = list("**__``[]()!<>/\\\"'&;:{}#=-+|~^$.,1a b\n\n\t ") + [
    "  \n",
    "\n\n",
    "> ",
    "- ",
    "    ",
    "é",
    "“",
    "\r\n",
    "\f",
    "\u00a0",
]


def corpus_documents():
    return [source for source, *_ in examples.parts("kramdown-sites").values()]


def mutated(r, documents):
    """Lines of real documents, mixed and slightly broken."""
    lines = []
    for _ in range(r.randint(1, 3)):
        source = r.choice(documents).split("\n")
        start = r.randrange(len(source))
        lines += source[start : start + r.randint(1, 8)]
    for _ in range(r.randint(0, 4)):
        at = r.randrange(len(lines))
        roll = r.random()
        if roll < 0.2:
            del lines[at]
            lines = lines or [""]
        elif roll < 0.4:
            lines[at] = r.choice(["> ", "- ", "  ", "    ", "\t", "1. ", " ", "* "]) + lines[at]
        elif roll < 0.6:
            column = r.randint(0, len(lines[at]))
            lines[at] = lines[at][:column] + r.choice(CHAOS + SPANS) + lines[at][column:]
        elif roll < 0.8 and lines[at]:
            column = r.randrange(len(lines[at]))
            lines[at] = lines[at][:column] + lines[at][column + 1 :]
        else:
            lines.insert(at, r.choice(LINES))
    return "\n".join(lines) + r.choice(["", "\n"])


def document(r, documents):
    roll = r.random()
    if roll < 0.3:
        return mutated(r, documents)
    if roll < 0.5:
        return "".join(r.choice(CHAOS) for _ in range(r.randint(1, 40)))
    if r.random() < 0.3:
        return span(r) + r.choice(
            ["", "\n", "\n" + span(r) + "\n", "\n\n[id]: /u 'T'\n", "\n\n[^1]: n\n"]
        )
    lines = [line(r) for _ in range(r.randint(1, 9))]
    if r.random() < 0.2:
        lines += ["", '[id]: /u "t"', "[^1]: note *x*"]
    return "\n".join(lines) + r.choice(["", "\n", "\n", "\n\n"])


def without_tokens(html):
    """Rouge's elements inside code, which the browser adds later."""
    return re.sub(
        r"(<code[^>]*>)(.*?)(</code>)",
        lambda m: m[1] + re.sub(r"<span [^>]*>|</span>", "", m[2]) + m[3],
        html,
        flags=re.S,
    )


def start(command):
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )


def ask(process, case):
    process.stdin.write(json.dumps(case) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def shrink(text, differs):
    """A smaller document that still differs: lines, then characters, taken out as long as it
    does.
    """
    for split in ("\n", ""):
        pieces = text.split("\n") if split else list(text)
        at = 0
        while at < len(pieces):
            fewer = pieces[:at] + pieces[at + 1 :]
            if differs(split.join(fewer)):
                pieces = fewer
            else:
                at += 1
        text = split.join(pieces)
    return text


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=10, help="differences to shrink and print")
    parser.add_argument(
        "--options", action="store_true", help="other options for every hundred documents"
    )
    parser.add_argument(
        "--plain", action="store_true", help="kramdown's own parser instead of GFM's"
    )
    parser.add_argument("--spec", default="build/native/spec/kramdown_spec")
    arguments = parser.parse_args()
    ruby = start(["ruby", "-Eutf-8", "-e", RUBY]) if shutil.which("ruby") else None
    if not ruby or ruby.stdout.readline() != "ready\n":
        print("kramdown_oracle: no ruby with kramdown here, skipped")
        return 0
    ours = start([arguments.spec, "--lines"])
    options = dict(OPTIONS, input="kramdown") if arguments.plain else OPTIONS

    def compare(text):
        case = {"markdown": text, "options": options}
        wanted = ask(ruby, case)
        if isinstance(wanted, dict):
            return None, None
        return ask(ours, case), wanted

    def differs(text):
        got, wanted = compare(text)
        return got is not None and got != wanted and got != without_tokens(wanted)

    r, documents = random.Random(arguments.seed), corpus_documents()
    different, errors = [], 0
    for i in range(arguments.count):
        if arguments.options and i % 100 == 0:
            options = dict(OPTIONS, **{name: r.choice(values) for name, values in CHOICES.items()})
        text = document(r, documents)
        got, wanted = compare(text)
        if got is None:
            errors += 1
        elif got != wanted and got != without_tokens(wanted):
            different.append((text, options))
    seen = set()
    for text, options in different:
        if len(seen) >= arguments.show:
            break
        small = shrink(text, differs)
        if small in seen:
            continue
        seen.add(small)
        got, wanted = compare(small)
        if arguments.options:
            print(
                {
                    name: value
                    for name, value in options.items()
                    if name in CHOICES and value != OPTIONS.get(name, CHOICES[name][0])
                }
            )
        print(f"==== {small!r}\n-- kramdown {without_tokens(wanted)!r}\n-- ours     {got!r}")
    equal = arguments.count - len(different) - errors
    print(
        f"kramdown_oracle: {arguments.count} documents, {equal} equal, {errors} where kramdown fails"
    )
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
