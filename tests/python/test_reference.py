"""docs/architecture.md and docs/reference.md name what the code has: their tables against the
tables in the code."""

import json
import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
for folder in ("tests/python", "tests", "bench", "core/check"):
    sys.path.insert(0, str(ROOT / folder))

import arrows
import chart
import documents
import settings
import web_arrows


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def read_js(folder, *stems):
    return "".join(read(f"{folder}/{stem}.js") for stem in stems)


def rows(text):
    """The cells of each row of the tables in a text, without their heads."""
    found = []
    for line in text.splitlines():
        if line.startswith("|"):
            found.append(documents.cells(line))
    return [
        row
        for at, row in enumerate(found)
        if not row[0].startswith("-") and not (found[at + 1 :] and found[at + 1][0].startswith("-"))
    ]


def names(text):
    """What stands in the first column of the tables in a text as code."""
    return [name for row in rows(text) for name in documents.code_spans(row[0])]


class Architecture(unittest.TestCase):
    text = read("docs/architecture.md")

    def test_every_path_in_the_table_of_changes_exists(self):
        for row in rows(documents.section(self.text, "## Where do I change …")):
            folder = None
            for name in documents.code_spans(" ".join(row[1:])):
                if "/" in name and " " not in name:
                    folder = (ROOT / name).parent
                    self.assertTrue((ROOT / name).exists(), f"{name}: {row[0]}")
                elif folder and re.search(r"\.(cpp|h|js|mjs|py)$", name):
                    self.assertTrue((folder / name).exists(), f"{name}: {row[0]}")

    def test_every_room_has_its_section_or_row(self):
        headings = re.findall(r"^### (.*)$", documents.section(self.text, "## C++ rooms"), re.M)
        told = {name for heading in headings for name in heading.split(" and ")}
        self.assertEqual(told, set(arrows.ARROWS) - arrows.OUTSIDE)
        rooms = [name.strip("/") for name in names(documents.section(self.text, "## web/"))]
        self.assertEqual(rooms, list(web_arrows.ARROWS))

    def test_what_a_room_of_web_may_know_is_what_its_arrows_name(self):
        for row in rows(documents.section(self.text, "## web/")):
            room = row[0].strip("`/")
            self.assertEqual(
                [] if row[2] == "–" else row[2].split(", "), web_arrows.ARROWS[room], room
            )

    def test_the_map_of_web_names_every_script(self):
        text = read("web/README.md")
        for path in sorted((ROOT / "web").rglob("*.js")):
            inside = path.relative_to(ROOT / "web").as_posix()
            if inside.split("/")[-2] not in ("messages", "stems", "templates"):
                name = re.sub(r"^(builder|embed)\.js$", r"\1.*", path.name)
                self.assertRegex(text, rf"[`/]{re.escape(name)}`", inside)

    def test_the_delivered_files_are_those_that_have_a_budget(self):
        listed = names(documents.section(self.text, "## What is delivered"))
        budgets = json.loads(read("cmake/budgets.json"))["files"]
        self.assertEqual(sorted(listed), sorted(budgets))


class Reference(unittest.TestCase):
    text = read("docs/reference.md")

    def part(self, heading):
        return documents.section(self.text, heading)

    def top(self, heading):
        """Keys at the top of _config.yml."""
        return [name for name in names(self.part(heading)) if not re.search(r"[.*\[]", name)]

    def test_tables_of_settings_are_those_of_settings_txt(self):
        self.assertEqual(
            self.text,
            settings.with_tables(self.text),
            "run python3 core/check/settings.py --reference",
        )

    def test_each_setting_has_a_type_a_release_and_a_meaning(self):
        keys = settings.read()
        paths = [key.path for key in keys]
        self.assertEqual(len(paths), len(set(paths)))
        releases = re.findall(r"^## (\d+\.\d+\.\d+)", read("CHANGELOG.md"), re.M)
        for key in keys:
            self.assertLessEqual(set(key.types), set(settings.TYPES), key.path)
            self.assertIn(key.since, releases, key.path)
            self.assertTrue(key.meaning, key.path)
            mapping = re.sub(r"(\.\*)?(\.[^.\[]+|\[\])$", "", key.path)
            self.assertTrue(mapping == key.path or mapping in paths, key.path)

    def test_config_keys_are_those_that_the_core_reads(self):
        code = "".join(
            path.read_text(encoding="utf-8")
            for folder in ("core", "cli")
            for path in sorted((ROOT / folder).rglob("*.cpp"))
        )
        read_keys = set(re.findall(r'(?:config_?(?:\(\))?|own)(?:->|\.)get\("(\w+)"', code))
        read_keys |= set(re.findall(r'setting\("(\w+)"', code))
        read_keys |= {
            key.split(".")[0]
            for key in re.findall(r'dig\(Value\([^)]*config_?\), "([\w.]+)"', code)
        }
        read_keys |= set(re.findall(r"^(\w+):", read("core/theme/_config.yml"), re.M))
        listed = names(self.part("## Configuration"))
        self.assertLessEqual(read_keys - {"meridian"}, set(listed))
        for key in self.top("### Jekyll's keys"):
            templates = f"site.{key}" in self.theme("_plugins", "_includes", "_layouts")
            self.assertTrue(key in read_keys or templates, key)
        self.assertEqual(
            sorted(
                name
                for name in names(self.part("### Meridian's keys"))
                if re.fullmatch(r"meridian\.\w+", name)
            ),
            sorted(
                set(re.findall(r'Value(?:\([^)]*\)), "(meridian\.\w+)"', code))
                | {f"meridian.{key}" for key in re.findall(r'get\(settings, "(\w+)"', code)}
                | {
                    f"meridian.{key}"
                    for key in re.findall(r'config\(\)->get\("meridian"\), "(\w+)"', code)
                }
                | {f"meridian.{key}" for key in re.findall(r"site\.meridian\.(\w+)", self.theme())}
                # The playground asks the core for it as templates do.
                | {
                    f"meridian.{key}"
                    for path in (ROOT / "web/playground").rglob("*.js")
                    for key in re.findall(
                        r"\['site', 'meridian', '(\w+)'\]", path.read_text(encoding="utf-8")
                    )
                }
            ),
        )

    def test_rules_are_those_of_the_core(self):
        code = re.search(r"kRuleNames\[\] = \{(.*?)\}", read("core/check/rules.cpp"), re.S)[1]
        listed = names(documents.section(read("docs/guide/command.md"), "## Rules of `check`"))
        self.assertEqual(listed, sorted(re.findall(r'"([\w-]+)"', code)))

    def theme(self, *folders):
        return "".join(
            path.read_text(encoding="utf-8")
            for folder in folders or ("_plugins", "_includes", "_layouts", "_pages")
            for path in sorted((ROOT / "core/theme" / folder).rglob("*"))
            if path.is_file()
        )

    def test_config_keys_of_plugins_and_theme_are_those_that_their_templates_read(self):
        # What `site` has besides the configuration.
        drops = re.search(r"kSiteKeys =([^;]*);", read("core/site/liquid/drops.cpp"))
        not_config = set(re.findall(r"\w+", drops[1])) | {"meridian", "meridian_menu"}
        general, plugins = set(self.top("### Jekyll's keys")), set()
        for heading, folders in (
            ("### Keys of plugins", ["_plugins"]),
            ("### Keys of the theme", ["_includes", "_layouts", "_pages"]),
        ):
            templates = self.theme(*folders)
            used = set(re.findall(r"\bsite\.([\w-]+)", templates)) - not_config
            listed = set(self.top(heading))
            self.assertLessEqual(used - general, listed | plugins, heading)
            plugins |= listed
            # Of plugins that have no template.
            more = {"redirect_from", "optional_front_matter", "require_front_matter"}
            more |= {"readme_index", "titles_from_headings", "relative_links"}
            self.assertLessEqual(listed - more, used, heading)

    def test_kramdown_options_are_those_of_the_table(self):
        table = re.search(r"kOptionNames =([^;]*);", read("core/markdown/options.cpp"))[1]
        options = re.findall(r"\w+", "".join(re.findall(r'"([^"]*)"', table)))
        self.assertEqual(sorted(names(self.part("### kramdown's options"))), sorted(options))

    def test_front_matter_keys_are_read(self):
        code = "".join(
            path.read_text(encoding="utf-8") for path in sorted((ROOT / "core/site").rglob("*.cpp"))
        )
        templates = self.theme("_plugins")
        for key in names(self.part("### Front matter")):
            # Alone, or in a list of words.
            named = re.search(rf'"(?:[\w-]+ )*{key}(?: [\w-]+)*"', code)
            self.assertTrue(named or f".{key} " in templates, key)
        keys = set(re.findall(r'data->(?:get|find)\("(\w+)"', code)) - {
            "order",
            "output",
            "sort_by",
        }
        self.assertLessEqual(keys, set(names(self.part("### Front matter"))))

    def test_permalink_placeholders_are_those_of_urls(self):
        code = read("core/site/model/urls.cpp")
        dates = "".join(re.findall(r'"([^"]*)"', re.search(r"Str dates =([^;]*);", code)[1]))
        own = re.search(r'key, "(output_ext [\w ]*)"\)\)', code)[1]
        wanted = {*dates.split()[::2], *own.split(), "basename"}
        listed = {name[1:] for name in names(self.part("### Permalink placeholders"))}
        self.assertEqual(listed, wanted)

    def test_tags_are_those_of_both_tables(self):
        tags = []
        for path in ("core/liquid/tags.cpp", "core/site/liquid/tags.cpp"):
            for table in re.findall(r"TagType k\w+\[\] = \{(.*?)\n\};", read(path), re.S):
                tags += re.findall(r'\{"([^"]+)"', table)
        self.assertEqual(sorted(names(self.part("### Tags"))), sorted(tags))

    def test_filters_and_their_arguments_are_those_of_both_tables(self):
        filters = []
        for path, of in (
            ("core/liquid/filters.cpp", " (Liquid)"),
            ("core/site/liquid/filters.cpp", ""),
        ):
            table = re.search(r"FilterRow kRows\[\] = \{(.*?)\n\};", read(path), re.S)[1]
            row = re.compile(r'\{"(\w+)", \w+(?:, [^,}]+)?(?:, (\d+), (\d+))?\}')
            for name, least, most in row.findall(table):
                least, most = least or "0", most or "0"
                filters.append((name, of, least if least == most else f"{least}–{most}"))
        listed = [
            (*re.fullmatch(r"`(\w+)`( \(Liquid\))?(?: \(Jekyll\))?", row[0]).groups(""), row[1])
            for row in rows(self.part("### Filters"))
        ]
        self.assertEqual(sorted(listed), sorted(filters))

    def test_globe(self):
        part = self.part("### meridian-globe")
        scripts = "".join(
            path.read_text(encoding="utf-8") for path in sorted((ROOT / "web/globe").glob("*.js"))
        )
        inks = re.search(r"INKS = \{(.*?)\n\};", scripts, re.S)[1]
        self.assertEqual(
            [
                (f"`--meridian-globe-{name}`", f"`{value}`")
                for name, value in re.findall(r"(\w+): '(.*)'", inks)
            ],
            [tuple(row) for row in rows(part) if "--meridian-globe" in row[0]],
        )
        attributes = set(
            re.findall(
                r"(?:get|has|set)Attribute\('([a-z]+)'",
                read_js("web/globe", "element", "interaction", "view"),
            )
        )
        attributes |= set(re.findall(r":host\(\[(\w+)", scripts)) - {"hidden"}
        attributes |= set(
            re.findall(r"observedAttributes = \[(.*)\]", scripts)[0].replace("'", "").split(", ")
        )
        listed = names(part.split("| attribute of a stop")[0])
        self.assertEqual({name.split("=")[0] for name in listed}, attributes - {"type"})
        for event in set(re.findall(r"'(meridian-[a-z-]+)'", scripts)) - {"meridian-globe"}:
            self.assertIn(event, documents.code_spans(part))
        for name in re.findall(r"part: '(\w+)'", scripts):
            self.assertIn(f"`{name}`", part.split("Parts: ")[1])

    def test_playground(self):
        part = self.part("### meridian-playground")
        script = read("web/playground/element.js")
        listed = names(part)
        for name in (
            re.search(r"observedAttributes = \[(.*)\]", script)[1].replace("'", "").split(", ")
        ):
            self.assertIn(name, listed)
        for event in re.findall(r"this\.send\('(\w+)'", script):
            self.assertIn(event, listed)
        hidden = set(re.findall(r"hide~='(\w+)'", read("web/playground/css/narrow.css")))
        self.assertEqual(
            hidden,
            set(documents.code_spans(next(row[1] for row in rows(part) if row[0] == "`hide`"))),
        )

    def test_profile(self):
        element = json.loads(read("web/profile/custom-elements.json"))["modules"][0][
            "declarations"
        ][0]
        part = self.part("### meridian-profile")
        listed = names(part)
        for kind in ("attributes", "events", "cssProperties"):
            for entry in element[kind]:
                self.assertIn(entry["name"], listed)
        self.assertEqual(
            [[f"`{one['name']}`", f"`{one['default']}`"] for one in element["cssProperties"]],
            [row for row in rows(part) if row[0].startswith("`--")],
        )
        told = re.search(r"^Parts: (.*)$", part, re.M)[1]
        self.assertEqual(documents.code_spans(told), [one["name"] for one in element["cssParts"]])

    def test_custom_properties_of_the_theme_are_its_tokens(self):
        tokens = set(re.findall(r"^ +(--[\w-]+):", read("core/theme/css/tokens.css"), re.M))
        self.assertEqual(set(names(self.part("## Custom properties of the theme"))), tokens)

    def test_manifest_keys_are_those_that_are_written_and_read(self):
        written = read("core/workspace/manifest.cpp")
        keys = set(re.findall(r'\\"(\w+)\\":', written)) | set(
            re.findall(r'add_field\(out, "(\w+)"', written)
        )
        self.assertEqual(
            set(names(self.part("## Manifest"))) - keys,
            {"source", "routes", "at", "search", "notes", "offline"},
        )
        self.assertLessEqual(keys, set(names(self.part("## Manifest"))))

    def test_functions_of_the_c_abi_are_those_that_are_exported(self):
        listed = {}
        for name, modules, _ in rows(self.part("## C ABI")):
            for module in modules.split(", "):
                listed.setdefault(module, []).append(name.strip("`"))
        for path in sorted((ROOT / "wasm").glob("*.exports")):
            exported = re.findall(r"^\w+$", path.read_text(encoding="utf-8"), re.M)
            module = "meridian.wasm" if path.stem == "core" else f"{path.stem}.wasm"
            self.assertEqual(listed.pop(module), exported, module)
        self.assertEqual(listed, {})


class Compatibility(unittest.TestCase):
    text = read("docs/compatibility.md")
    # What GitHub Pages allows: GitHubPages::Plugins of github/pages-gem.
    ALLOWED = """jekyll-coffeescript jekyll-feed jekyll-gist jekyll-github-metadata
        jekyll-paginate jekyll-redirect-from jekyll-seo-tag jekyll-sitemap jekyll-avatar jemoji
        jekyll-mentions jekyll-relative-links jekyll-optional-front-matter jekyll-readme-index
        jekyll-default-layout jekyll-titles-from-headings jekyll-include-cache""".split()

    def states(self):
        """State by plugin."""
        found = {}
        for heading in ("## Plugins that GitHub Pages allows", "## Other plugins"):
            for row in rows(documents.section(self.text, heading)):
                found.update(dict.fromkeys(row[0].split(", "), row[1]))
        return found

    def test_every_plugin_that_github_pages_allows_is_named(self):
        self.assertEqual(set(self.ALLOWED) - set(self.states()), set())

    def test_every_plugin_that_the_code_knows_is_named_and_there(self):
        code = "".join(
            path.read_text(encoding="utf-8")
            for folder in ("core/site", "core/theme/_plugins")
            for path in sorted((ROOT / folder).rglob("*.*"))
        )
        known = set(re.findall(r"""lists_plugin\("([\w-]+)"|plugin == '([\w-]+)'""", code))
        known = {one or other for one, other in known} - {"github-pages"}
        self.assertGreater(len(known), 4)
        for plugin in known:
            self.assertIn(self.states()[plugin], ("exact", "differs"), plugin)

    def test_every_row_has_a_state(self):
        for row in rows(self.text.split("\n## ", 1)[1].split("\n## Browsers")[0]):
            self.assertIn(row[1], ("exact", "differs", "no"), row)
            self.assertTrue(row[1] == "exact" or row[2], row)


class Performance(unittest.TestCase):
    text = read("docs/performance.md")

    def test_figures_are_those_of_bench(self):
        bench = re.sub(r"\s+", " ", read("bench/README.md"))
        for figure in re.findall(r"([\d.,]+)(?: ms| KB| bytes) \(", self.text):
            self.assertIn(f" {figure} ", bench.replace("ms", " ms"), figure)

    def test_ratios_are_quotients_of_the_figures(self):
        for table in re.findall(r"(?:^\|.*\n)+", self.text, re.M):
            cells = [line.strip("|\n").split("|") for line in table.splitlines()[2:]]
            for column in range(len(cells[0])):
                base = None
                # Of a text's rows the first is Meridian's; in other tables the one with ratio 1.
                found = [
                    (row, re.search(r"([\d.,]+) (?:ms|KB|bytes) \(([\d.]+) ×\)", row[column]))
                    for row in cells
                ]
                whole = "Liquid" in table.splitlines()[0]
                for _, match in found:
                    if match and match[2] == "1.00":
                        base = base or float(match[1].replace(",", ""))
                for row, match in found:
                    if not match:
                        continue
                    if whole or "KB" in row[0]:
                        own = next(
                            re.search(r"([\d.,]+) ms", other[1 if whole else column])
                            for other in cells
                            if other[0] == row[0]
                        )
                        base = float(own[1])
                    ratio = float(match[1].replace(",", "")) / base
                    # Bench divides before it rounds.
                    self.assertAlmostEqual(ratio / float(match[2]), 1, delta=0.06, msg=row)

    def test_the_chart_is_drawn_from_the_tables(self):
        self.assertEqual(
            read("docs/performance.svg"),
            chart.picture(),
            "python3 bench/chart.py docs/performance.svg",
        )


class Hosted(unittest.TestCase):
    def test_the_hosted_workflow_runs_what_a_developer_runs_and_uploads_nothing(self):
        steps = re.findall(r"^ +- (?:uses|run): (.*)$", read(".github/workflows/ci.yml"), re.M)
        self.assertEqual(
            [step.split("@")[0] for step in steps], ["actions/checkout", "bash .ci/run"]
        )


class Version(unittest.TestCase):
    def test_changelog_cmake_and_npm_name_the_same_version(self):
        cmake = re.search(r"^project\(meridian VERSION ([\d.]+)", read("CMakeLists.txt"), re.M)[1]
        latest = re.search(r"^## (\S+)", read("CHANGELOG.md"), re.M)[1]
        self.assertEqual(latest, cmake)
        # The tools' package has none; if it gets one it is this.
        package = json.loads(read("package.json"))
        self.assertEqual(package.get("version", cmake), cmake)


if __name__ == "__main__":
    unittest.main()
