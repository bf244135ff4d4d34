"""`meridian check`: its formats, its exit status, and what only the command looks at."""

import json
import sys
import unittest
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]
from command import CommandCase, meridian, write

BROKEN = {
    "_config.yml": "title: T\n",
    "index.md": "---\n---\n[a](gone/)\n\n# One\n\n### Three, 100%: x\n",
}


class Formats(CommandCase):
    SITE = BROKEN

    def check(self, *arguments, **more):
        return meridian("check", "--source", self.source, *arguments, **more)

    def test_text_names_the_rule_behind_the_message(self):
        result = self.check()
        self.assertEqual(result.returncode, 0)
        self.assertEqual(result.stdout, "")
        self.assertIn(
            "index.md:3:5: this link leads to no page or file of the site: `gone/` [broken-link]\n",
            result.stderr,
        )
        self.assertIn("1 page checked, 2 findings\n", result.stderr)

    def test_a_terminal_gets_no_control_characters_of_a_stranger(self):
        text = "---\n---\n\t{% no\x1b[31mpe %}\u202e \x9b {{ a\x1b]0;t\x07b \n"
        write(Path(self.source), {"index.md": text})
        for command in ("check", "build"):
            told = meridian(command, "--source", self.source, "--destination", self.out).stderr
            self.assertIn("\n  3 | \t{% no?[31mpe %}? ? {{ a?]0;t?b", told)
            self.assertEqual([c for c in told if ord(c) < 32 and c not in "\n\t"], [])
        self.assertIn("\x1b[31m", json.loads(self.check("--json").stdout)[0]["excerpt"])
        write(Path(self.source), {"index.md": "---\n---\n{{ a | no\x1b[31mpe }}\n"})
        told = self.check("--format", "github").stdout
        self.assertIn('::Unexpected character ? in "{{ a | no?[31mpe }}"', told)
        self.assertEqual([c for c in told if ord(c) < 32 and c != "\n"], [])

    def test_json_has_the_rule_with_each_finding(self):
        for arguments in (["--json"], ["--format", "json"], ["--format=json", "--quiet"]):
            findings = json.loads(self.check(*arguments).stdout)
            self.assertEqual(
                [(f["rule"], f["severity"], f["line"], f["column"]) for f in findings],
                [("heading-skip", "info", 7, 1), ("broken-link", "warning", 3, 5)],
            )

    def test_github_gets_commands_whose_special_characters_are_escaped(self):
        source = Path(self.source)
        write(source, {"a,b%.md": "---\n---\n[a](gone%3A/)\n"})
        result = self.check("--format", "github", "--source", source.name, cwd=source.parent)
        lines = result.stdout.splitlines()
        self.assertEqual(result.stderr, "")
        self.assertIn(
            f"::warning file={source.name}/index.md,line=3,col=5,title=broken-link::this link leads "
            "to no page or file of the site: `gone/`; correct the address, or add a page with this "
            "`permalink`",
            lines,
        )
        self.assertIn(
            f"::warning file={source.name}/a%2Cb%25.md,line=3,col=5,title=broken-link::this link "
            "leads to no page or file of the site: `gone%253A/`; correct the address, or add a page "
            "with this `permalink`",
            lines,
        )
        self.assertTrue(all(line.startswith("::") for line in lines))
        self.assertTrue(any(line.startswith("::notice file=") for line in lines))

    def test_sarif_is_what_its_schema_asks_for(self):
        source = Path(self.source)
        write(source, {"ä b.md": "---\n---\n[a](gone/)\n"})
        log = json.loads(
            self.check("--format", "sarif", "--source", source.name, cwd=source.parent).stdout
        )
        self.assertEqual(log["version"], "2.1.0")
        (run,) = log["runs"]
        rules = run["tool"]["driver"]["rules"]
        self.assertEqual(run["tool"]["driver"]["name"], "meridian")
        self.assertEqual(run["columnKind"], "unicodeCodePoints")
        for result in run["results"]:
            self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
            self.assertIn(result["level"], ("note", "warning", "error"))
            self.assertTrue(result["message"]["text"])
        places = [r["locations"][0]["physicalLocation"] for r in run["results"]]
        self.assertIn(
            {
                "artifactLocation": {"uri": f"{source.name}/%C3%A4%20b.md"},
                "region": {"startLine": 3, "startColumn": 5},
            },
            places,
        )

    def test_a_format_that_there_is_not_is_wrong_use(self):
        result = self.check("--format", "xml")
        self.assertEqual(result.returncode, 2)
        self.assertIn("invalid --format `xml`: text, json, sarif or github", result.stderr)

    def test_strict_exits_with_1_for_warnings(self):
        self.assertEqual(self.check("--strict").returncode, 1)
        write(self.source, {"index.md": "---\n---\n# One\n\n### Three\n"})
        self.assertEqual(self.check("--strict").returncode, 0)


class Site(CommandCase):
    SITE = {"_config.yml": "title: T\n", "index.md": "---\n---\nHello\n"}

    def rules(self, files=None):
        write(self.source, files or {})
        result = meridian("check", "--source", self.source, "--json")
        return [(f["rule"], f["file"], f["line"]) for f in json.loads(result.stdout)]

    def test_pages_that_are_copied_are_read(self):
        self.assertCountEqual(
            self.rules(
                {
                    "old/page.html": "<h1>x</h1>\n<a href='gone.html'>x</a><a href='#in'>x</a>\n",
                    "old/other.html": "<i id='there'>x</i><a href='page.html'>x</a>\n",
                    "a.md": "---\n---\n[x](old/other.html#there) [y](old/other.html#not)\n",
                }
            ),
            [
                ("broken-anchor", "a.md", 3),
                ("broken-anchor", "old/page.html", 2),
                ("broken-link", "old/page.html", 2),
            ],
        )

    def test_a_manifest_that_is_not_what_the_sources_are_is_reported(self):
        self.assertEqual(meridian("index", "--source", self.source).returncode, 0)
        self.assertEqual(self.rules(), [])
        self.assertEqual(
            self.rules({"new.md": "---\ntitle: New\n---\nx\n"}),
            [("stale-manifest", "meridian.json", 0)],
        )
        self.assertEqual(meridian("index", "--source", self.source).returncode, 0)
        self.assertEqual(self.rules(), [])
        # One that is another program's is left alone.
        self.assertEqual(self.rules({"meridian.json": '{"name": "x"}'}), [])

    def test_more_findings_than_are_kept_are_told(self):
        links = "\n".join(f"[a](gone-{i}/)" for i in range(6000))
        write(self.source, {"index.md": f"---\n---\n{links}\n"})
        result = meridian("check", "--source", self.source, "--json")
        self.assertEqual(len(json.loads(result.stdout)), 4999)
        self.assertIn("more than 4999 findings", result.stderr)


class Settings(CommandCase):
    """`_config.yml`, by the table of its keys."""

    SITE = {"_config.yml": "", "index.md": "---\ntitle: Home\n---\nx\n"}
    # A file, and the place at which its first finding is.
    WRONG = {
        "titel: x\n": "1:1",
        "title: x\nauther: Ada\n": "2:1",
        "serach: true\n": "1:1",
        "search: true\n": "1:1",
        "markdown: comonmark\n": "1:11",
        "baseurl: sub\n": "1:10",
        "url: example.com\n": "1:6",
        "collections: foo\n": "1:14",
        "permalink: [a]\n": "1:12",
        "paginate: ten\n": "1:11",
        "locale: xx\n": "1:9",
        "title: a\ntitle: b\n": "2:1",
        "author:\n\tname: Ada\n": "2:1",
        "plugins: jekyll-feed\n": "1:1",
        "plugins: [jekyll-sitmap]\n": "1:11",
        "sass: {stile: compressed}\n": "1:8",
        "meridian:\n  offlin: true\n": "2:3",
    }

    def findings(self, config):
        write(Path(self.source), {"_config.yml": config})
        return json.loads(meridian("check", "--source", self.source, "--json").stdout)

    def test_each_mistake_is_reported_at_its_place_with_a_remedy(self):
        for config, place in self.WRONG.items():
            with self.subTest(config):
                found = self.findings(config)[0]
                self.assertEqual(
                    "{file}:{line}:{column}".format(**found), f"_config.yml:{place}", found
                )
                self.assertTrue(found["remedy"], found)

    def test_the_sites_of_this_project_have_no_findings(self):
        root = Path(__file__).resolve().parents[2]
        sites = [config.parent for config in (root / "tests/sites").rglob("_config.yml")]
        sites += [root / "content", root / "cli/templates/academic", root / "template"]
        for site in sites:
            if site.name == "broken-config":
                continue
            told = json.loads(meridian("check", "--source", str(site), "--json").stdout)
            wrong = [one for one in told if one["file"] == "_config.yml"]
            self.assertEqual(wrong, [], site)


class Citations(CommandCase):
    SITE = {
        "_config.yml": "plugins: [jekyll-scholar]\nscholar: {bibliography: r.bib}\n",
        "_bibliography/r.bib": "@book{a, title={A}, year=2000}\n",
        "index.md": "---\n---\nx\n\nSee {% cite nokey %} and {% reference a gone %}.\n"
        "{% bibliography -f nofile %}\n",
    }

    def test_a_tag_is_named_whose_key_or_file_is_missing(self):
        found = json.loads(meridian("check", "--source", self.source, "--json").stdout)
        self.assertEqual(
            [(f["file"], f["line"], f["column"], f["rule"], f["message"]) for f in found],
            [
                ("index.md", 5, 5, "bibliography", "there is no entry `nokey` to cite"),
                ("index.md", 5, 26, "bibliography", "there is no entry `gone` to cite"),
                (
                    "index.md",
                    6,
                    1,
                    "bibliography",
                    "there is no bibliography `_bibliography/nofile.bib`",
                ),
            ],
        )


class Notes(CommandCase):
    SITE = {
        "_config.yml": "title: T\nmarkdown: CommonMarkGhPages\nmeridian: {notes: true}\n",
        "index.md": "---\n---\n[[one]] [graph](/graph/) [tag](/tags/tides/) [none](/none/)\n",
        "one.md": "---\n---\n[[index]] #tides\n",
    }

    def test_pages_of_the_graph_and_of_tags_are_no_broken_links(self):
        result = meridian("check", "--json", "--source", self.source)
        findings = json.loads(result.stdout)
        self.assertEqual([f["message"].split("`")[1] for f in findings], ["/none/"])


if __name__ == "__main__":
    unittest.main()
