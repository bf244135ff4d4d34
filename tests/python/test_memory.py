"""`--memory`: sources that are read again when their pages are rendered make the same site."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from command import ROOT, CommandCase, contents
from test_watch import NOW, PAGE, Watched

SITES = [
    ROOT / "content",
    *sorted(
        folder / "src" if (folder / "src").is_dir() else folder
        for folder in (ROOT / "tests" / "sites").iterdir()
        if folder.is_dir() and not folder.name.endswith(".expected")
    ),
]
NONE = ("--memory", "0")


class Memory(CommandCase):
    def test_every_site_of_the_tests_is_the_same(self):
        for source in SITES:
            with self.subTest(source=str(source)):
                out = [self.folder / f"{source.parent.name}-{source.name}-{i}" for i in (1, 2)]
                held, read = (
                    self.build(*NOW, *options, source=source, out=folder)
                    for options, folder in (((), out[0]), (NONE, out[1]))
                )
                self.assertEqual((read.returncode, read.stderr), (held.returncode, held.stderr))
                self.assertEqual(contents(out[1]), contents(out[0]))
        self.assertGreater(len(SITES), 15)

    def test_what_is_no_number(self):
        for given in ("", "-1", "64MB", "1e3", "12345678901234567890"):
            result = self.build("--memory", given)
            self.assertEqual(result.returncode, 2)
            self.assertIn("invalid --memory", result.stderr)


class FollowWithoutTexts(Watched):
    SITE = {
        "_config.yml": "title: T\n",
        "_posts/2020-01-01-a.md": PAGE % ("A", "First.\n\nMore."),
        "_posts/2020-01-02-b.md": PAGE % ("B", "{{ page.previous.excerpt }}"),
        "index.md": PAGE % ("Home", "{% for p in site.posts %}{{ p.excerpt }}{% endfor %}"),
        "_layouts/page.html": "{{ content }}{{ page.previous.excerpt }}",
    }

    def test_texts_that_are_not_held(self):
        self.start(*NONE, "--theme", "site")
        post = "_posts/2020-01-01-a.md"
        for text in ("Last.\n\nMore.", "Last.\n\nEven more.", "{% nope %}"):
            self.edit(post, PAGE % ("A", text))
        self.assertNotIn("all files", self.log())
        self.edit(post, PAGE % ("Another title", "First"))

    def build(self, *options, **more):
        return super().build("--theme", "site", *options, **more)


if __name__ == "__main__":
    unittest.main()
