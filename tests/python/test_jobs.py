"""`--jobs`: several processes write the same site as one, and it is told when one of them ends."""

import signal
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from command import CommandCase, contents, write
from random_sites import faults
from test_memory import SITES
from test_watch import NOW, Follow

JOBS = ("--jobs", "3")


class Jobs(CommandCase):
    def test_every_site_of_the_tests_is_the_same(self):
        for source in SITES:
            for more in ((), ("--json",)):
                with self.subTest(source=str(source), more=more):
                    out = self.folder / f"{source.parent.name}-{source.name}{len(more)}"
                    told, files = [], []
                    for jobs in (("--jobs", "1"), JOBS):
                        result = self.build(*NOW, *jobs, *more, source=source, out=out)
                        told.append((result.returncode, result.stderr, result.stdout))
                        files.append(contents(out))
                        out.rename(out.with_name(out.name + jobs[1]))
                    self.assertEqual(told[1], told[0])
                    self.assertEqual(files[1], files[0])

    def test_random_sites_are_the_same_by_any_number_of_jobs(self):
        for seed in (1, 4, 5, 102, 110):
            with self.subTest(seed=seed):
                self.assertEqual(faults(seed, self.folder / str(seed)), [])

    def test_many_mistakes_are_told_in_the_same_order(self):
        write(self.source, {f"p{n}.md": "---\n---\n{% nope %}\n" * 2 for n in range(300)})
        told = [self.build(*NOW, "--jobs", jobs).stderr for jobs in ("1", "2", "5")]
        self.assertGreater(told[0].count("nope"), 150)
        self.assertEqual(told[1:], told[:1] * 2)

    def test_mistakes_of_shown_documents_are_told_whatever_page_is_first(self):
        """More than a page's list holds, in excerpts and contents that several pages show."""
        show = "{% for p in site.posts %}{{ p.excerpt }}{{ p.content }}{% endfor %}\n"
        post = "---\ntitle: Q\n---\n{{ nope | bad }}{% link none.md %}\n\n{{ 1 | worse }}\n"
        write(
            self.source,
            {f"_posts/2020-01-01-q{n}.md": post for n in range(120)}
            | {f"all{n}.md": f"---\n---\n{show}" for n in range(8)},
        )
        told = [self.build(*NOW, "--jobs", jobs).stderr for jobs in ("1", "2", "3", "8")]
        self.assertGreater(told[0].count(": "), 190)
        self.assertEqual(told[1:], told[:1] * 3)

    def test_what_is_no_number(self):
        for given in ("", "0", "-1", "65", "two", "12345678901234567890"):
            result = self.build("--jobs", given)
            self.assertEqual(result.returncode, 2)
            self.assertIn("give a number of processes, from 1 to 64", result.stderr)


class Ended(CommandCase):
    """A process of the build ends before its work is done: by the limit of a file's size."""

    SITE = {
        **{f"p{n}.md": f"---\n---\nPage {n}.\n" for n in range(40)},
        "long.md": "---\n---\n" + "word " * 60_000,
    }

    def test_it_is_told_and_nothing_is_lost(self):
        options = ("--theme", "site", *JOBS)
        self.assert_built(*options)
        before = contents(self.out)
        write(self.source, {"long.md": self.SITE["long.md"] + "more"})
        (self.source / "p1.md").unlink()
        result = self.build(*options, preexec_fn=self.limited)
        self.assertEqual(result.returncode, 1)
        self.assertIn("ended before its work was done: File size limit exceeded", result.stderr)
        self.assertIn("--jobs 1", result.stderr)
        self.assertTrue((self.out / "p1" / "index.html").exists())
        self.assert_built(*options)
        after = contents(self.out)
        self.assertEqual(before.keys() - after.keys(), {"p1/index.html"})
        self.assertEqual(after.keys() - before.keys(), set())

    @staticmethod
    def limited():
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


class FollowByProcesses(Follow):
    """What is written first by several processes is brought up to date by one."""

    def start(self, *options):
        super().start(*JOBS, *options)


del Follow  # its own tests are in test_watch.py

if __name__ == "__main__":
    unittest.main()
