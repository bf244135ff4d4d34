"""Plugins in JavaScript, as the command runs them."""

import json
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from command import CommandCase, contents, meridian, write

SCRIPT = """import { mark } from './lib/a.js';
export const filters = {
  shout: (input, { by = mark } = {}) => `${input}${by}`,
  sum: (input, ...more) => more.reduce((a, b) => a + b, input),
  list: (input) => ({ of: [input, null, true] }),
};
export const tags = {
  video: ({ name, markup }) => `<video title="${name}" data-id="${encodeURIComponent(markup)}">`,
  here: ({ page, site, lookup }) => [page.title, page.url, site.title, lookup('site.posts.size')],
  nothing() {},
};
export const blocks = { note: ({ markup, content }) => `<aside class="${markup}">${content}</aside>` };
"""
PAGE = """---
title: Use
---
{% video a b %}{% note tip %}in {{ 1 | plus: 1 }}{% endnote %}
{{ "a" | shout }} {{ "b" | shout: by: "?" }} {{ 1 | sum: 2, 3 }} {{ 1 | list }}
{% here %}{% nothing %}
"""
MADE = """<video title="video" data-id="a%20b"><aside class="tip">in 2</aside>
a! b? 6 {"of"=>[1, nil, true]}
Use/use.htmlPlugged0
"""
# What is wrong with a function, and what is said of it; a filter gives its input then.
MISTAKES = {
    "throws": ("() => { throw new Error('broken'); }", "Error: broken (line 2)"),
    "later": ("async () => 1", "Error: an async function can’t be waited for"),
    "deep": ("function f() { return f() + 1; }", "InternalError: stack overflow (line 4)"),
    "nested": ("() => JSON.parse('['.repeat(1e6))", "SyntaxError: stack overflow (line 5)"),
    "large": ("() => 'x'.repeat(2 << 20)", "more than 1 MB goes there or comes back"),
    "more": (
        "() => { const all = []; for (;;) all.push(new ArrayBuffer(1 << 20)); }",
        "InternalError: out of memory (line 7)",
    ),
    "without": ("() => fetch('/')", "ReferenceError: 'fetch' is not defined (line 8)"),
    "forever": ("() => { for (;;); }", "it took more than 5 seconds"),
}
# Scripts that are no plugins, and why.
REFUSED = {
    "export const tags = { x: 1 };": "`x` is not a function",
    "export const blocks = { endnote() {} };": "a block can’t be named `endnote`",
    "export default 1;": "it exports no `filters`, `tags` or `blocks`",
    "export const tags = {\n  x() { };": "SyntaxError: expecting '}' (line 2)",
    "import '../../../etc/passwd';": "ReferenceError: `etc/passwd` is not among the sources of the site",
    "import '/';": "ReferenceError: `` is not among the sources of the site",
    "import '../..';": "ReferenceError: `` is not among the sources of the site",
    "await eval(\"import('./none.js')\");": "ReferenceError: `_plugins/none.js` is not among the"
    " sources of the site",
    "import 'https://a.example/b.js';": "ReferenceError: `https://a.example/b.js` is not a file of"
    " the site: import it as './NAME.js'",
    "await new Promise(() => {});": "it awaits what never comes",
}


class PluginScripts(CommandCase):
    def setUp(self):
        super().setUp()
        write(
            self.source,
            {
                "_config.yml": "title: Plugged\n",
                "_plugins/a.js": SCRIPT,
                "_plugins/lib/a.js": "export const mark = '!';",
                "use.html": PAGE,
            },
        )

    def test_a_build_runs_filters_tags_and_blocks(self):
        result = self.build()
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(contents(self.out)["use.html"].decode(), MADE)

    def test_a_mistake_is_reported_where_it_is_used(self):
        script = "export const filters = {\n"
        page = "---\n---\n"
        for name, (body, _) in MISTAKES.items():
            script += f"{name}: {body},\n"
            page += f'{{{{ "{name}" | {name} }}}}\n'
        # What took too long once is not begun again.
        page += '{{ "again" | forever }}\n'
        write(self.source, {"_plugins/a.js": script + "};\n", "use.html": page})
        result = self.build()
        self.assertEqual(result.returncode, 1)
        names = [*MISTAKES, "forever"]
        for line, name in enumerate(names, 3):
            self.assertIn(
                f"use.html:{line}:1: the filter `{name}` of `_plugins/a.js`: {MISTAKES[name][1]}\n",
                result.stderr,
            )
        inputs = "\n".join([*MISTAKES, "again"]) + "\n"
        self.assertEqual(contents(self.out)["use.html"].decode(), inputs)

    def test_a_script_that_is_no_plugin_is_refused(self):
        write(self.source, {f"_plugins/b{i}.js": text for i, text in enumerate(REFUSED)})
        for command in ("build", "check --all"):
            with self.subTest(command):
                to = ("--destination", self.out) if command == "build" else ()
                result = meridian(*command.split(), "--source", self.source, *to)
                self.assertEqual(result.returncode, 1)
                for i, why in enumerate(REFUSED.values()):
                    self.assertIn(
                        f"_plugins/b{i}.js: the plugin can’t be loaded: {why}",
                        result.stdout + result.stderr,
                    )

    def test_console_writes_to_standard_error(self):
        script = "export const tags = { video: () => console.log('a', 1, '\\x1b[2J') };\n"
        write(self.source, {"_plugins/a.js": script, "use.html": "---\n---\n{% video %}"})
        result = self.build()
        self.assertEqual((result.returncode, result.stderr), (0, "a 1 ?[2J\n"))

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
