"""Questions of an engineer who opens the project for the first time: each is answered by one
search for the term of the documentation, within the first five hits.

A search is what an editor does: files whose name has the term (blanks stand for any separator),
then files whose text has it, both in the order in which git lists them."""

import re
import subprocess
import unittest
from pathlib import Path
from typing import Iterable, List

ROOT = Path(__file__).resolve().parent.parent.parent
HITS = 5
CODE = ("core", "web", "wasm", "cli", "server", "cmake", "serve.py")
TESTS = ("tests",)

# Question | term to search for | file that answers it. An answer in tests/ is searched for there.
QUESTIONS = """
Where is memory of one rendering allocated? | arena | core/base/arena.cpp
Where is strftime? | strftime | core/text/strftime.cpp
Where is JSON parsed? | parse json | core/value/parse_json.cpp
Where are dates of YAML typed as Psych types them? | psych | core/yaml/scalar.cpp
Where is front matter split off? | front matter | core/yaml/front_matter.cpp
Where is the filter sort_natural? | sort_natural | core/liquid/filters_array.cpp
Where is the variable forloop made? | forloop | core/liquid/render.cpp
Where are header ids generated? | header ids | core/markdown/ids.cpp
Where are quotes made typographic? | typographic | core/markdown/kramdown/typography.cpp
Where are attribute lists parsed? | attribute list | core/markdown/kramdown/attribute_list.cpp
Where is an excerpt cut? | excerpt | core/site/render/excerpt.cpp
Where is the filter where_exp? | where_exp | core/site/liquid/filters.cpp
Where are placeholders of a permalink replaced? | UrlDrop | core/site/model/urls.cpp
Where are front matter defaults applied? | front matter defaults | core/site/model/documents.cpp
Where does jekyll-paginate make its pages? | jekyll-paginate | core/site/plugins/pages.cpp
Where are the pages of redirect_from made? | redirects | core/site/plugins/redirects.cpp
Which files does `meridian build --raw` copy? | published | core/site/published.cpp
What does the inspector of the playground see? | inspect | core/inspect/inspect.cpp
Where is the manifest written? | manifest | core/workspace/manifest.cpp
Which pages does a build write? | writer | core/writer/writer.cpp
Where are broken links found? | broken link | core/check/links.cpp
Where are an unknown author's files limited? | untrusted limits | core/live/untrusted_limits.cpp
Where is a great circle computed? | great circle | core/geo/great_circle.cpp
Where is land clipped at the horizon? | horizon | core/geo/clip.cpp
Where is a still picture of a globe drawn? | still picture | core/geo/still.cpp
Where are places of GeoNames looked up? | gazetteer | core/travel/gazetteer.cpp
Which functions does the C ABI have? | C ABI | wasm/abi.h
Where does the command refuse a destination? | destination | cli/destination.cpp
Where is the DOM patched? | DOM patch | web/base/dom_patch.js
Where is the one Trusted Types policy? | trusted types | web/base/trusted_html.js
Where is a request given up after a time? | limited fetch | web/net/limited_fetch.js
Where is the worker of the core started? | open worker | web/engine/open_worker.js
What changes the page without a load? | router | web/shell/router.js
Where is the color scheme chosen? | color scheme | web/base/color_scheme.js
Where are diagnostics shown on a page? | diagnostics panel | web/shell/diagnostics_panel.js
Where does the lightbox open a picture? | lightbox | web/theme/lightbox.js
Where are class names of Rouge given to code? | class names | web/highlight/scopes.js
Where is a drag of the globe handled? | gestures | web/globe/gestures.js
Where does the card read a site's sources? | render sources | web/profile/render_sources.js
Where is a share link made? | share link | web/playground/project/share_link.js
Where do editor and preview scroll together? | scroll sync | web/playground/ui/scroll_sync.js
Where is a stranger's page sanitized? | sanitize | web/playground/frame/sanitize.js
Where is work saved by itself? | autosave | web/playground/project/autosave.js
Where is a zip archive read? | zip | web/playground/project/zip.js
Which scripts does esbuild join? | esbuild | web/build/build.mjs
Where does serve.py reload the page? | live reload | web/command/live_reload.js
Which test covers the manifest's hook? | manifest hook | tests/python/test_manifest_hook.py
Which test covers DOM clobbering? | clobbering | tests/web/clobbering.test.mjs
Which test covers offline use? | offline | tests/web/playground-offline.test.mjs
Which test compares with Jekyll itself? | real jekyll | tests/real_jekyll.py
"""


def git(*arguments: str) -> List[str]:
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, text=True, stdout=subprocess.PIPE, check=False
    ).stdout.splitlines()


def hits(term: str, folders: Iterable[str]) -> List[str]:
    """The paths that a search finds, best first."""
    pattern = re.compile(r"[-_ .]?".join(map(re.escape, term.split())), re.I)
    named = [path for path in git("ls-files", *folders) if pattern.search(Path(path).name)]
    holding = git("grep", "-l", "-i", "-I", "-F", term, "--", *folders)
    own = str(Path(__file__).relative_to(ROOT))
    return [path for path in dict.fromkeys(named + holding) if path != own]


def questions() -> Iterable[List[str]]:
    for line in QUESTIONS.strip().splitlines():
        yield [part.strip() for part in line.split(" | ")]


class Search(unittest.TestCase):
    def test_each_question_is_answered_within_the_first_hits(self):
        for question, term, answer in questions():
            with self.subTest(question):
                self.assertTrue((ROOT / answer).is_file(), answer)
                found = hits(term, TESTS if answer.startswith("tests/") else CODE)[:HITS]
                self.assertIn(answer, found, term)


if __name__ == "__main__":
    unittest.main()
