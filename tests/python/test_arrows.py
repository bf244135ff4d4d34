"""tests/arrows.py must find the violations that it checks for."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import arrows
import draw_arrows
import web_arrows


class Arrows(unittest.TestCase):
    def findings(self, files):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return arrows.check(Path(folder).resolve())[1]

    def test_an_arrow_leads_to_what_lies_behind_it(self):
        self.assertEqual(
            self.findings({"core/site/a.cpp": '#include "meridian/text.h"\n#include "local.h"\n'}),
            [],
        )

    def test_an_include_against_the_arrows_is_found(self):
        self.assertEqual(
            self.findings({"core/text/a.cpp": '\n#include "meridian/liquid.h"\n'}),
            ["core/text/a.cpp:2: meridian/liquid.h: there is no arrow from text to liquid"],
        )

    def test_a_public_header_belongs_to_its_room(self):
        self.assertIn(
            "no arrow from base to value",
            self.findings({"core/include/meridian/base.h": '#include "meridian/value.h"\n'})[0],
        )
        self.assertIn("is not a room", self.findings({"core/include/meridian/other.h": ""})[0])

    def test_private_files_of_another_room_are_found(self):
        self.assertIn(
            "private files", self.findings({"core/site/a.cpp": '#include "../liquid/lexer.h"\n'})[0]
        )

    def test_arrows_within_a_room(self):
        up, down = '#include "liquid/drops.h"\n', '#include "model/request.h"\n'
        self.assertEqual(self.findings({"core/site/liquid/a.cpp": down, "core/site/a.cpp": up}), [])
        self.assertEqual(
            self.findings({"core/site/model/a.cpp": up}),
            [
                "core/site/model/a.cpp:1: liquid/drops.h: "
                "there is no arrow from site/model to site/liquid"
            ],
        )
        self.assertIn("not a room of site", self.findings({"core/site/other/a.cpp": ""})[0])

    def test_guests_see_private_files(self):
        code = '#include "plugins/request.h"\n'
        self.assertEqual(self.findings({"core/inspect/a.cpp": code}), [])
        self.assertIn("private files", self.findings({"core/live/a.cpp": code})[0])

    def test_a_parser_is_seen_by_its_room_only(self):
        self.assertEqual(self.findings({"core/yaml/a.cpp": "#include <yaml.h>\n"}), [])
        self.assertIn("only for yaml", self.findings({"core/site/a.cpp": "#include <yaml.h>\n"})[0])

    def test_banned_headers_and_functions_are_found(self):
        for code in (
            "#include <map>",
            "#include <emscripten.h>",
            "std::string s;",
            "std::sort(a, b);",
            'snprintf(b, 9, "%d", 1);',
            "double d = strtod(s, 0);",
            "throw 1;",
            "auto s = std::to_string(1);",
        ):
            with self.subTest(code):
                self.assertEqual(len(self.findings({"core/value/a.cpp": code + "\n"})), 1)

    def test_words_in_comments_and_literals_are_not_code(self):
        code = (
            '// std::string would throw\n/* printf */ const char* a = "strtod \\" printf";\nchar q = \'"\';\n'
            'int big = 10\'000; auto r = R"(std::vector)"; std::string_view fine;\n'
        )
        self.assertEqual(self.findings({"core/value/a.cpp": code}), [])

    def test_lines_are_counted_past_comments(self):
        self.assertIn(
            "a.cpp:3:", self.findings({"core/value/a.cpp": "/* one\n two */\nstd::string s;\n"})[0]
        )

    def test_links_follow_the_arrows(self):
        self.assertEqual(
            self.findings(
                {
                    "core/yaml/CMakeLists.txt": "meridian_room(yaml SOURCES site.cpp LINKS value libyaml)"
                }
            ),
            [],
        )
        self.assertIn(
            "LINKS site",
            self.findings({"core/text/CMakeLists.txt": "meridian_room(text LINKS site HOT)"})[0],
        )


class WebArrows(unittest.TestCase):
    def findings(self, files):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return web_arrows.check(Path(folder).resolve())[1]

    def test_an_import_with_an_arrow_is_fine(self):
        code = "import { make } from '../base/elements.js';\nimport { dress } from './shadow_dom.js';\nimport katex from 'katex';\n"
        self.assertEqual(self.findings({"web/globe/a.js": code}), [])

    def test_imports_against_the_arrows_are_found_those_of_types_and_dynamic_ones_too(self):
        for code in (
            "import { go } from '../shell/router.js';",
            "export * from '../shell/router.js';",
            "await import('../shell/router.js')",
            "/** @type {import('../shell/router.js').Route} */",
        ):
            with self.subTest(code):
                self.assertEqual(
                    self.findings(
                        {"web/playground/ui/a.js": "\n" + code.replace("../", "../../") + "\n"}
                    ),
                    [
                        "web/playground/ui/a.js:2: ../../shell/router.js: there is no arrow from playground to shell"
                    ],
                )

    def test_a_file_in_no_room_is_found(self):
        self.assertIn("is not a room", self.findings({"web/a.js": ""})[0])
        self.assertIn(
            "lies in no room", self.findings({"web/globe/a.js": "import '../other/b.js';\n"})[0]
        )
        self.assertIn(
            "leads out of web/", self.findings({"web/globe/a.js": "import '../../core/b.js';\n"})[0]
        )

    def test_an_import_cycle_is_found_and_named_through_types_and_dynamic_imports_too(self):
        for back in (
            "export { a } from './a.js';",
            "const load = () => import('./a.js');",
            "/** @type {import('./a.js').A} */",
            "/** @import { A } from './a.js' */",
        ):
            with self.subTest(back):
                self.assertEqual(
                    self.findings(
                        {
                            "web/globe/a.js": "\nimport { b } from './b.js';\n",
                            "web/globe/b.js": "import { c } from './c.js';\n",
                            "web/globe/c.js": back + "\n",
                        }
                    ),
                    [
                        "web/globe/a.js:2: import cycle: "
                        "globe/a.js → globe/b.js → globe/c.js → globe/a.js"
                    ],
                )

    def test_two_ways_to_a_file_are_no_cycle(self):
        self.assertEqual(
            self.findings(
                {
                    "web/globe/a.js": "import './b.js';\nimport './c.js';\n",
                    "web/globe/b.js": "import './d.js';\n",
                    "web/globe/c.js": "import './d.js';\n",
                    "web/globe/d.js": "",
                }
            ),
            [],
        )


class Picture(unittest.TestCase):
    def test_the_committed_picture_is_what_the_tables_of_arrows_draw(self):
        committed = (arrows.ROOT / "docs" / "architecture.svg").read_text(encoding="utf-8")
        self.assertEqual(
            committed,
            draw_arrows.picture(),
            "python3 tests/draw_arrows.py docs/architecture.svg",
        )

    def test_arrows_that_follow_from_others_are_left_out(self):
        graph = {"a": [], "b": ["a"], "c": ["b", "a"]}
        self.assertEqual(draw_arrows.reduced(graph), {"a": [], "b": ["a"], "c": ["b"]})

    def test_a_room_stands_above_all_that_it_knows(self):
        layers = draw_arrows.layers_of(arrows.ARROWS)
        for room, others in arrows.ARROWS.items():
            for other in others:
                self.assertGreater(layers[room], layers[other])


if __name__ == "__main__":
    unittest.main()
