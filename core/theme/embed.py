#!/usr/bin/env python3
"""Packs the default theme's templates into one text: a C++ include, and the files that are
delivered.

    embed.py THEME_DIR GEMOJI_MODULE OCTICONS_DATA OUTPUT...

An output is written by its name: *.inc all as a C++ include, theme.txt the files of every visit,
another .txt the pack of that name (PACKS). A file of another pack has a line in theme.txt all the
same: the byte 1 and the name of its pack.

Takes _config.yml and every file under FOLDERS of THEME_DIR, leaves out text that never reaches a
reader (comments, line breaks with the indentation around them, spaces inside tags) and writes for
each file, in the order of the paths' bytes, its path, a line feed, its text and a zero byte. In the
include these are `constexpr char kFiles[]`: a table of offsets beside it would cost more in the
module than it saves in a search.

A template must not count on a line break: a space that is seen stands within a line.
Nothing changes inside <pre>, <textarea>, <script>, <style> and {% raw %}, where white space is
meant, nor in a file that holds Markdown (markdown="1")."""

import re
import sys
from pathlib import Path

import emoji
import octicons

FOLDERS = ("_data", "_includes", "_layouts", "_pages", "_plugins")
EMOJI = "_plugins/emoji.html"
OCTICON = "_plugins/octicon.html"
PROFILE = "_plugins/profile.json"
# Further names of a tag, by the name of its template.
ALIASES = {
    "i18n_headers": ["I18n_Headers"],
    "static_href": ["Static_Href"],
    "t": ["translate"],
    "tl": ["translate_link"],
    "twitter": ["twitternocache"],
}

# Variables that the theme's files share with those of a site; all others are its own business.
SHARED = {"author", "base_path", "group_items", "group_names", "post"}

# The packs besides theme.txt, which a page requests when it uses them: a name, and the paths in it.
# The core knows the place of the files of `plugins`.
PACKS = {
    "emoji": re.compile(re.escape(EMOJI) + "$"),
    "extras": re.compile(
        r"_plugins/(archives?|archives-v2|autopages|avatar|details|file_exists|filters|github|github_edit_link|i18n_headers|last_modified_at"
        r"|links|mentions|pagination|quote|static_href|table_row|tabs?|tl?|twitter)\.(json|html)$"
    ),
    "octicons": re.compile(re.escape(OCTICON) + "$"),
    "plugins": re.compile(r"_plugins/|_layouts/publications-profile"),
    "words": re.compile(r"_includes/words(/|\.html$)"),
    "publications-words": re.compile(r"_includes/publications/words(/|\.html$)"),
    "publications": re.compile(r"_includes/publications/|_layouts/publications"),
    "cv": re.compile(r"_includes/cv/|_layouts/cv\.html$"),
    "more": re.compile(
        r"_includes/(analytics|archive-single-cv|archive-single-talk-cv|breadcrumbs|category-list|comments|cv-template|metadata|page__hero"
        r"|languages|lightbox|note-tags|page__related|playground|page__taxonomy|project-list|sidebar__parts|social-share|tag-list|taxonomy|travel-globe|verification"
        r"|when)\.html$"
        r"|_includes/(feature_row|figure|folder-tree\.html|gallery|group-by-array)$"
        r"|_pages/(folder|notes)\.html$"
        r"|_layouts/(all-pages|archive-taxonomy|categories|collection|posts|splash|tags)\.html$"
    ),
}
ELSEWHERE = "\1"  # theme.h: kElsewhere

COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}[ \t]*\n?", re.S)
VERBATIM = re.compile(
    r"<(pre|textarea|script|style)\b.*?</\1\s*>|\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}",
    re.S | re.I,
)
LIQUID = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)
QUOTED = re.compile(r"(\"[^\"]*\"|'[^']*')")
KEPT = re.compile(r"(\"[^\"]*\"|'[^']*'|include \S+)")
ASSIGNED = re.compile(r"\{%-?\s*(?:assign|capture|for)\s+(\w+)")
NAME = re.compile(r"(?<![\w.|-])[a-z_]\w*(?![\w-]|=(?!=))")
FIRST_BLOCK = re.compile(r"^((?:\{%(?:(?!%\}).)*%\})+)(<(?:div|figure|ul)\b)")
# Line breaks in the output of plugins are those of the original plugins: behind a tag of XML that
# ends a line and nowhere else, in a feed none at all, in these as they are written.
PLUGIN_SPACE = re.compile(r"(?:(?<=[{}])|(?<=>\n))\s+(?!-)")
TIGHT_SPACE = {
    "_plugins/feed.xml": re.compile(r"(?<=[>}])\s+"),
    "_plugins/archives.json": re.compile(r"(?<=[\[{},:])\s+"),
    "_plugins/archives-v2.json": re.compile(r"(?<=[\[{},:])\s+"),
    "_plugins/github.json": re.compile(r"(?<=[\[{},:])\s+"),
    "_plugins/last_modified_at.html": re.compile(r"(?<=[>}])\s+"),
    "_plugins/avatar.html": re.compile(r"\n"),
    OCTICON: re.compile(r"\n"),
    "_plugins/links.html": re.compile(r"(?<=[>}])\s+"),
    "_plugins/mentions.html": re.compile(r"(?<=[>}])\s+"),
    "_plugins/details.html": re.compile(r"(?<=[>}])\s+"),
    "_plugins/file_exists.html": re.compile(r"(?<=[>}])\s+"),
    "_plugins/quote.html": re.compile(r"(?<=[>}])\s+"),
    "_plugins/static_href.html": re.compile(r"(?<=[>}])\s+"),
    "_plugins/t.html": re.compile(r"(?<=[>}])\s+"),
    "_plugins/tl.html": re.compile(r"(?<=[>}])\s+"),
    "_plugins/tl.json": re.compile(r"(?<=[\[{},:])\s+"),
    "_plugins/tab.html": re.compile(r"(?<=[>}])\s+"),
    "_plugins/twitter.html": re.compile(r"(?<=[>}])\s+"),
    "_plugins/github_edit_link.html": re.compile(r"(?<=[>}])\s+"),
    "_plugins/autopages.json": re.compile(r"(?<=[\[{},:])\s+"),
    "_plugins/pagination.json": re.compile(r"(?<=[\[{},:])\s+"),
    "_plugins/pages.json": re.compile(r"(?<=[\[{},:])\s+"),
    "_plugins/table_row.json": re.compile(r"(?<=[\[{},])\s+"),
    PROFILE: re.compile(r"(?<=[\[{},:])\s+"),
}
# Templates may print their source: a search that prints the content of all pages.
AS_WRITTEN = {"_plugins/redirect.html", "_plugins/robots.txt", "_plugins/tabs.html"}
FRONT_MATTER = re.compile(r"---\n(.*\n)*?---\n")


def tight(markup: str) -> str:
    """A tag or an output without the spaces that its language does not need."""
    inner = markup[2:-2]
    parts = QUOTED.split(inner)
    for i in range(0, len(parts), 2):  # the parts between the quoted ones
        parts[i] = re.sub(r"\s+", " ", parts[i])
        parts[i] = re.sub(r" ?\| ?", "|", parts[i])
        parts[i] = re.sub(r"([:,]) ", r"\1", parts[i])
        parts[i] = re.sub(r" ?([=!<>]=|[<>]) ?", r"\1", parts[i])
    inner = "".join(parts).strip()
    return markup[:2] + inner + markup[-2:]


def plain(text: str) -> str:
    """HTML and Liquid outside of verbatim text."""
    text = LIQUID.sub(lambda m: tight(m.group()), text)
    return "".join(line.strip() for line in text.split("\n"))


def small(path: str, text: str) -> str:
    """The template as it is embedded: the same page but for white space between lines."""
    text = COMMENT.sub("", text)
    if path in AS_WRITTEN:
        return text
    if path.startswith("_plugins/"):
        text = LIQUID.sub(lambda m: tight(m.group()), text)
        return TIGHT_SPACE.get(path, PLUGIN_SPACE).sub("", text)
    head = FRONT_MATTER.match(text) if path.startswith(("_layouts/", "_pages/")) else None
    head = head.group() if head else ""
    text = text[len(head) :]
    if 'markdown="1"' in text:
        return head + text.strip("\n")
    out, at = "", 0
    for kept in VERBATIM.finditer(text):
        out += plain(text[at : kept.start()]) + kept.group()
        at = kept.end()
    # An author's page may indent the include, which kramdown would read as part of a list: a block
    # begins a line.
    return head + FIRST_BLOCK.sub(r"\1\n\2", out + plain(text[at:]))


def own_names(texts: list, *rarer: list) -> dict:
    """Short names for the theme's own variables, the most frequent first, those that only the
    texts of a `rarer` pack have last.

    An include shares its variables with the page that includes it, and the pages are an author's: a
    name that no author would choose keeps the theme from changing a `title` or an `items` of a
    page."""
    ordered = []
    for some in (texts, *rarer):
        names = {name for text in some for name in ASSIGNED.findall(text)} - SHARED - {*ordered}
        words = [
            word
            for text in some
            for markup in LIQUID.findall(text)
            for word in NAME.findall(markup)
        ]
        ordered += sorted(names, key=lambda name: (-words.count(name), name))
    letters = "abcdefghijklmnopqrstuvwxyz"
    numbers = [a + b for a in ("", *letters) for b in letters]
    return {name: "_" + numbers[i] for i, name in enumerate(ordered)}


def renamed(text: str, names: dict) -> str:
    """The template with the variables in its tags and outputs renamed; a word in quotes, after a
    dot or as a file's name is no variable, nor is a filter."""

    def in_markup(match: re.Match) -> str:
        parts = KEPT.split(match.group())
        for i in range(0, len(parts), 2):
            parts[i] = NAME.sub(lambda m: names.get(m.group(), m.group()), parts[i])
        return "".join(parts)

    return LIQUID.sub(in_markup, text)


def literal(data: bytes) -> str:
    """The bytes as a C++ string literal."""
    out = []
    for byte in data:
        if byte == 0x0A:
            out.append("\\n")
        elif byte in b'"\\?':
            out.append("\\" + chr(byte))
        elif 0x20 <= byte < 0x7F:
            out.append(chr(byte))
        else:
            out.append(f"\\{byte:03o}")
    return '"' + "".join(out) + '"'


def markdown(root: Path) -> str:
    """The extensions of Markdown, by the table of file kinds."""
    table = (root / "../../web/base/file_kinds.js").read_text(encoding="utf-8")
    return re.search(r"MARKDOWN = '([\w|]+)'", table)[1].replace("|", ",")


def packed(root: Path) -> dict:
    """Path and embedded text of every file of the theme."""
    files = {}
    config = root / "_config.yml"
    text = re.sub("^#.*\n", "", config.read_text(encoding="utf-8"), flags=re.M)
    files[config.name] = text.replace("file_kinds.js", markdown(root))
    for folder in FOLDERS:
        for file in (root / folder).rglob("*"):
            if file.is_file() and not file.name.startswith("."):
                path = file.relative_to(root).as_posix()
                files[path] = small(path, file.read_text(encoding="utf-8"))
    for name, others in ALIASES.items():
        for other in others:
            files[f"_plugins/{other}.html"] = files[f"_plugins/{name}.html"]
    # A plugin's template has its variables for itself.
    shared = {
        path: text
        for path, text in files.items()
        if path.startswith(("_data", "_includes", "_layouts", "_pages"))
    }
    rarer = [
        [text for path, text in shared.items() if pack_of(path).startswith(pack)]
        for pack in ("publications", "cv")
    ]
    common = [text for text in shared.values() if not any(text in some for some in rarer)]
    names = own_names(common, *rarer)
    shared = {path: renamed(text, names) for path, text in shared.items()}
    # The spaces of an assignment are removed last: NAME reads a word directly before a `=` as an
    # include's parameter.
    return {
        path: re.sub(r"(\{%assign \w+) = ", r"\1=", shared.get(path, text))
        for path, text in files.items()
    }


def signs(root: Path) -> str:
    """The icons of the sprite, each a name and its classes."""
    lines = (root / "icons.txt").read_text(encoding="utf-8").splitlines()
    rows = [line[1:].split() for line in lines if line.startswith("+")]
    return ",".join(" ".join([name, *classes]) for name, _, *classes in rows)


def pack_of(path: str) -> str:
    """The name of the pack in which the browser gets the file."""
    for name, others in ALIASES.items():
        if path[9:-5] in others:
            path = f"_plugins/{name}.html"
    return next((name for name, paths in PACKS.items() if paths.match(path)), "theme")


def part(files: dict, name: str) -> dict:
    """The files of one pack."""
    chosen = {path: text for path, text in files.items() if pack_of(path) == name}
    if name == "theme":
        for path in files:
            # Includes of words are known to words.html alone, those of a layout to it.
            if pack_of(path) == "more" or path in (
                "_includes/words.html",
                "_includes/words/day.html",
                "_layouts/cv.html",
                "_layouts/publications.html",
            ):
                chosen[path] = ELSEWHERE + pack_of(path)
    if name == "plugins":
        for path in files:
            if pack_of(path) in ("extras", "octicons"):
                chosen[path] = ELSEWHERE + pack_of(path)
    if name == "publications" and "_includes/publications/words.html" in files:
        chosen["_includes/publications/words.html"] = ELSEWHERE + "publications-words"
    return chosen


def pack(files: dict) -> list:
    """The files as they are written, one after the other."""
    return [f"{path}\n{files[path]}\0".encode() for path in sorted(files, key=str.encode)]


def main() -> int:
    if len(sys.argv) < 5:
        print(__doc__, file=sys.stderr)
        return 2
    files = packed(Path(sys.argv[1]))
    files[EMOJI] = files[EMOJI].strip() + "\n" + emoji.table(Path(sys.argv[2]))
    files[OCTICON] = files[OCTICON].replace("octicons.py", octicons.branches(Path(sys.argv[3])))
    files[PROFILE] = files[PROFILE].replace("icons.txt", signs(Path(sys.argv[1])))
    entries = pack(files)
    for output in map(Path, sys.argv[4:]):
        if output.suffix == ".txt":
            output.write_bytes(b"".join(pack(part(files, output.stem))))
        else:
            output.write_text(
                "// Generated by core/theme/embed.py from the files beside it. Do not edit.\n"
                "constexpr char kFiles[] =\n    " + "\n    ".join(map(literal, entries)) + ";\n",
                encoding="utf-8",
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
