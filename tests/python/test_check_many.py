"""`meridian check` on a site with many findings of one kind: the others are not lost among them."""

import json
import sys
import unittest
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]
from command import CommandCase, meridian, write


class ManyFindings(CommandCase):
    def setUp(self):
        super().setUp()
        self.site = self.folder / "site"
        pages = {
            f"{name}.md": "---\n---\n" + "".join(f'<img src="/{i}.svg">\n\n' for i in range(5))
            for name in "abcde"
        }
        write(
            self.site,
            {
                "_config.yml": "title: T\n",
                **{f"{i}.svg": "<svg/>" for i in range(5)},
                "index.md": "---\n---\n{% nope %}\n",
                **pages,
            },
        )

    def check(self, *options):
        return meridian("check", self.site, "--theme", "site", *options)

    def test_the_first_of_each_rule_and_file_are_printed(self):
        told = self.check().stderr
        for name in "abc":
            self.assertEqual(told.count(f"\n{name}.md:") + told.startswith(f"{name}.md:"), 3, told)
        self.assertNotIn("d.md", told)
        self.assertIn("Unknown tag 'nope'", told)
        self.assertIn("16 more `missing-alt` in 5 files\n`--all` prints every finding\n", told)
        self.assertIn("26 findings", told)

    def test_all_of_them_are_printed_when_asked(self):
        told = self.check("--all").stderr
        self.assertEqual(told.count("[missing-alt]"), 25)
        self.assertNotIn("more `missing-alt`", told)

    def test_programs_get_all_of_them(self):
        self.assertEqual(len(json.loads(self.check("--json").stdout)), 26)
        self.assertEqual(self.check("--format", "github").stdout.count("title=missing-alt"), 25)

    def test_few_findings_have_no_summary(self):
        for name in "abcde":
            (self.site / f"{name}.md").write_text('---\n---\n<img src="/1.svg">\n')
        write(self.site, {"d.md": "", "e.md": "", "index.md": "x"})
        self.assertNotIn("more `", self.check().stderr)


if __name__ == "__main__":
    unittest.main()
