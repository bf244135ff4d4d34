"""Plugins in JavaScript, which the command does not run: what it says of them."""

import json
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from command import CommandCase, contents, meridian, write

SCRIPT = r"""// export const tags = { comment: 1 };
import { a } from './lib/a.js';
const text = "export const tags = { text: 1 }", re = /["'`{]/g, inner = `${{ x: `}` }.x}{`;
export const filters = {
  /* a, b: */ shout: (input, { mark = '!', ...rest } = {}) => `${input}${mark}`,
  'quoted': function (x) { return { y: x, z: [x, 1] }; },
  async later(x) { return x; },
  shorthand,
  half: (x) => x / 2, third: (x) => x / 3,
  ...others,
};
export const tags = { video: ({ markup }) => markup };
export const blocks = {
  note({ content }) {
    if (content) return content;
    return '';
  },
};
export default {};
"""
PAGE = """---
---
{% video x %}{% note %}in{% endnote %}
{{ "a" | shout }} {{ "b" | third }}
"""


class PluginScripts(CommandCase):
    def setUp(self):
        super().setUp()
        write(
            self.source,
            {"_plugins/a.js": SCRIPT, "_plugins/lib/a.js": "export const a = 1;", "use.html": PAGE},
        )

    def test_build_names_each_use_with_its_plugin(self):
        result = self.build()
        self.assertEqual(result.returncode, 1)
        for place, name in (
            ("3:1", "tag `video`"),
            ("3:14", "block `note`"),
            ("4:1", "filter `shout`"),
            ("4:19", "filter `third`"),
        ):
            self.assertIn(
                f"use.html:{place}: the {name} of `_plugins/a.js` is not run here\n", result.stderr
            )
        self.assertEqual(contents(self.out)["use.html"], b"in\na b\n")

    def test_check_lists_what_browsers_make(self):
        result = meridian("check", "--source", self.source, "--json")
        self.assertEqual(result.returncode, 0, result.stdout)
        found = [one for one in json.loads(result.stdout) if one["file"] == "_plugins/a.js"]
        names = "shout quoted later shorthand half third".split()
        self.assertEqual(
            [(one["severity"], one["message"]) for one in found],
            [
                (
                    "info",
                    "it makes "
                    + ", ".join(f"the filter `{name}`" for name in names)
                    + ", the tag `video`, the block `note`",
                )
            ],
        )

    def test_a_raw_site_has_them_and_their_pages(self):
        result = self.build("--raw")
        self.assertEqual(result.returncode, 0, result.stderr)
        files = contents(self.out)
        self.assertEqual(files["_plugins/a.js"].decode(), SCRIPT)
        self.assertIn("_plugins/lib/a.js", files)
        manifest = json.loads(files["meridian.json"])
        self.assertIn("_plugins/a.js", [file["path"] for file in manifest["files"]])
        self.assertIn("_plugins/a.js", manifest["pages"]["/use.html"])
        self.assertNotIn("_plugins/a.js", manifest["pages"]["/about/"])


if __name__ == "__main__":
    unittest.main()
