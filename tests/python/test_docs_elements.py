"""The elements and the theme as the guides describe them, against web/ and core/theme/.

What a guide lists of attributes, events, methods, parts and properties is what the sources have, no
more and no less; every snippet uses only these.
"""

import dataclasses
import html.parser
import re
import sys
import unittest
from pathlib import Path
from typing import Dict, List, Set, Tuple
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent))
from documents import GUIDES, ROOT, blocks, code_spans, column, prose, section

README = ROOT / "README.md"
GUIDE = ROOT / "docs" / "guide"
PACKAGE = ROOT / "web" / "profile" / "package.md"
DIST = ROOT / "build" / "dist"
THEME = ROOT / "core" / "theme"
# HTML gives these to every element.
GLOBAL = {"class", "hidden", "id", "lang", "slot", "style", "title"}

OBSERVED = re.compile(r"observedAttributes = \[([^\]]*)\]")
ATTRIBUTE = re.compile(r"(?:\bthis|\belement)\.(?:get|has)Attribute\(\s*'([a-z-]+)'")
HOST = re.compile(r":host\(\[([a-z-]+)")
EVENT = re.compile(r"(?:\bemit\(|\bsend\(|new CustomEvent\()\s*['`]([a-z-]+)['`]")
PART = re.compile(r"\bpart: '([a-z]+)'")
PROPERTY = re.compile(r"--meridian-[a-z-]*[a-z]")
METHOD = re.compile(r"^  (?:async |get )?(\w+)\([^)]*\) \{$", re.MULTILINE)
JSX_VALUE = re.compile(r"=\{(?:[^{}]|\{[^{}]*\})*\}")
ANY_EVENT = re.compile(r"meridian-(?:ready|select|view-change|problems|error)")


def text_of(*paths: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@dataclasses.dataclass(frozen=True)
class Element:
    """An element: its guide, the files in which it reads its own attributes, its folder."""

    guide: Path
    room: Path
    own: Tuple[str, ...]
    events_begin: str = ""
    unlisted: frozenset = frozenset()

    @property
    def source(self) -> str:
        files = [path for path in self.room.rglob("*") if path.suffix in (".js", ".css")]
        return text_of(*files)

    @property
    def element(self) -> str:
        return text_of(self.room / "element.js")

    @property
    def attributes(self) -> Set[str]:
        own = text_of(*(self.room / name for name in self.own))
        observed = OBSERVED.search(self.element)
        assert observed
        found = re.findall(r"'([a-z-]+)'", observed[1])
        return {*found, *ATTRIBUTE.findall(own), *HOST.findall(self.source)} - self.unlisted

    @property
    def events(self) -> Set[str]:
        own = text_of(*(self.room / name for name in self.own))
        return {
            event if event.startswith(self.events_begin) else self.events_begin + event
            for event in EVENT.findall(own)
            if not event.endswith("-")
        }


ELEMENTS = {
    "meridian-globe": Element(
        GUIDE / "globe.md",
        ROOT / "web" / "globe",
        ("element.js", "interaction.js", "view.js", "lists.js"),
        "meridian-",
        # Set by the element itself, for style sheets.
        frozenset({"hidden", "ready"}),
    ),
    "meridian-profile": Element(
        GUIDE / "profile-card.md",
        ROOT / "web" / "profile",
        ("element.js",),
        "meridian-",
        frozenset({"hidden"}),
    ),
    "meridian-playground": Element(
        GUIDE / "playground.md",
        ROOT / "web" / "playground",
        ("element.js", "project/initial_files.js"),
        "",
        frozenset({"data-path", "hidden"}),
    ),
}


class Tags(html.parser.HTMLParser):
    """The start tags of a text, each with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: List[Tuple[str, Dict[str, str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: List[Tuple[str, str]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def name_of(span: str) -> str:
    """`arcs="none"` → arcs, `flyTo(stop)` → flyTo."""
    return re.split(r"[=(]", span)[0]


class Guides(unittest.TestCase):
    def test_the_attributes_are_those_that_the_element_reads(self) -> None:
        for name, element in ELEMENTS.items():
            documented = {name_of(span) for span in column(element.guide, "Attribute")}
            self.assertEqual(documented - {"title"}, element.attributes - {"title"}, name)

    def test_the_events_are_those_that_the_element_sends(self) -> None:
        for name, element in ELEMENTS.items():
            documented = {
                row for row in column(element.guide, "Event") if not row.startswith("detail")
            }
            self.assertEqual(documented, element.events, name)

    def test_the_methods_exist(self) -> None:
        for name, element in ELEMENTS.items():
            methods = set(METHOD.findall(element.element))
            for span in column(element.guide, "Method"):
                self.assertIn(name_of(span), methods, name)
        text = text_of(GUIDE / "profile-card.md", GUIDE / "playground.md")
        for name, call in (("profile", "refresh()"), ("playground", "open(project)")):
            self.assertIn(f"`{call}`", text)
            methods = METHOD.findall(ELEMENTS[f"meridian-{name}"].element)
            self.assertIn(name_of(call), methods)

    def test_the_parts_are_those_of_the_shadow_tree(self) -> None:
        for name in ("meridian-globe", "meridian-profile"):
            element = ELEMENTS[name]
            [paragraph] = re.findall(r"^Parts for .*?\n\n", prose(element.guide), re.M | re.S)
            documented = set(code_spans(paragraph)) - {"::part()"}
            self.assertEqual(documented, set(PART.findall(element.source)), name)

    def test_the_custom_properties_are_those_that_the_element_reads(self) -> None:
        inks = re.search(
            r"export const INKS = \{(.*?)\n\};", ELEMENTS["meridian-globe"].source, re.S
        )
        assert inks
        globe = {f"--meridian-globe-{ink}" for ink in re.findall(r"^  (\w+):", inks[1], re.M)}
        self.assertEqual(set(column(GUIDE / "globe.md", "Property")), globe)
        style = text_of(ROOT / "web" / "profile" / "style.js")
        self.assertEqual(
            set(column(GUIDE / "profile-card.md", "Property")), set(PROPERTY.findall(style))
        )


class Snippets(unittest.TestCase):
    def tags(self):
        for path in [README, *GUIDES, PACKAGE]:
            for block in blocks(path):
                if block.language in ("html", "vue", "jsx"):
                    text = JSX_VALUE.sub('=""', block.text)
                    for tag, attributes in Tags(text).found:
                        yield block, tag, attributes

    def test_elements_and_attributes_exist(self) -> None:
        seen = set()
        for block, tag, attributes in self.tags():
            if "-" not in tag:
                continue
            self.assertIn(tag, ELEMENTS, block.place)
            element = ELEMENTS[tag]
            seen.add(tag)
            for name in attributes:
                event = re.sub(r"^(?:on|@)", "", name)
                known = element.attributes | GLOBAL
                fits = name.lstrip(":") in known or event in element.events
                self.assertTrue(fits or name.startswith("data-"), f"{block.place}: {name}")
        self.assertEqual(seen, set(ELEMENTS))

    def test_events_anywhere_in_the_guides_exist(self) -> None:
        known = {event for element in ELEMENTS.values() for event in element.events}
        for path in GUIDES:
            self.assertLessEqual(set(ANY_EVENT.findall(text_of(path))), known, path.name)

    @unittest.skipUnless(DIST.exists(), "build/dist is not built")
    def test_scripts_and_frames_are_delivered(self) -> None:
        addresses = {
            attributes[name]
            for _, _, attributes in self.tags()
            for name in ("src", "href")
            if re.search(r"/(meridian|playground|card)/\w", attributes.get(name, ""))
        }
        self.assertGreater(len(addresses), 3)
        for address in addresses:
            self.assertTrue((DIST / urlsplit(address).path.lstrip("/")).exists(), address)

    def test_custom_properties_in_style_sheets_exist(self) -> None:
        tokens = text_of(THEME / "css" / "tokens.css")
        [sheet] = [block for block in blocks(GUIDE / "theme.md") if block.language == "css"]
        for name in re.findall(r"--[\w-]+(?=:)", sheet.text):
            self.assertIn(f"{name}:", tokens)


class Playground(unittest.TestCase):
    def test_the_keys_call_commands(self) -> None:
        commands = text_of(ROOT / "web" / "playground" / "ui" / "commands.js")
        known = set(re.findall(r"keys: '([^']+)'", commands))
        rows = re.findall(
            r"^\| (`.*?`) +\| ", section(prose(GUIDE / "playground.md"), "## Keys"), re.M
        )
        self.assertGreater(len(rows), 5)
        for row in rows:
            for keys in row.split(", "):
                names = code_spans(keys)
                *held, key = names
                key = key.lower() if len(key) == 1 else key
                self.assertIn("-".join([*held, key]), known)


class Theme(unittest.TestCase):
    guide = GUIDE / "theme.md"

    def test_the_layouts_are_those_of_the_theme(self) -> None:
        files = {path.stem for path in (THEME / "_layouts").glob("*.html")}
        self.assertEqual(set(column(self.guide, "Layout")), files)

    def test_the_includes_are_those_of_the_theme(self) -> None:
        text = section(prose(self.guide), "## Includes")
        [rest] = re.findall(r"^The other includes.*", text, re.M | re.S)
        documented = set(column(self.guide, "Include")) | set(code_spans(rest))
        files = {path.name for path in (THEME / "_includes").iterdir() if path.is_file()}
        self.assertEqual(documented, files)

    def test_the_parameters_of_the_globe_are_those_of_its_include(self) -> None:
        text = text_of(THEME / "_includes" / "travel-globe.html")
        documented = {name_of(span) for span in column(GUIDE / "globe.md", "Parameter")}
        self.assertEqual(documented | {"stops"}, set(re.findall(r"include\.(\w+)", text)))

    def test_the_links_of_an_author_are_those_of_the_theme(self) -> None:
        links = text_of(THEME / "_includes" / "author-links.html")
        rows = re.findall(r"^([a-z_-]+)[,|]", links, re.M)
        text = section(prose(self.guide), "## The author")
        documented = set(code_spans(text))
        self.assertLessEqual(set(rows), documented)

    def test_the_words_are_keys_of_the_theme(self) -> None:
        german = text_of(THEME / "_includes" / "words" / "de.html")
        known = set(re.findall(r'\{% when "(\w+)"', german)) | {"powered_by"}
        text = section(prose(self.guide), "## Languages")
        for key in re.findall(r"`(\w+_label|\w+_title|minute_read|pagination_\w+)`", text):
            if key != "_label":
                self.assertIn(key, known)


if __name__ == "__main__":
    unittest.main()
