"""The workflows and the action, which run on GitHub alone: their structure, and that what they call
is there. tests/python/test_release.py runs the action's steps.
"""

import re
import subprocess
import sys
import unittest
from pathlib import Path
from typing import Any, Dict, Iterator, List, Tuple

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE)]
from command import MERIDIAN, ROOT
from documents import blocks
from hosted import parse_yaml, read_yaml
from test_docs_commands import options_of

WORKFLOWS = [
    path
    for folder in (ROOT, ROOT / "template")
    for path in sorted((folder / ".github" / "workflows").glob("*.yml"))
]
GUIDE = ROOT / "docs" / "guide" / "publish.md"
ON = "true"  # `on` as YAML 1.1 reads it
STEP = {"name", "id", "if", "uses", "with", "run", "shell", "env", "working-directory"}
PERMISSIONS = {"contents", "pages", "id-token", "attestations"}


def guide_workflows() -> List[Tuple[str, Any]]:
    """The workflows that the guide shows."""
    found = [block for block in blocks(GUIDE) if "\njobs:\n" in block.text]
    return [(block.place, parse_yaml(block.text)) for block in found]


def jobs(workflow: Dict[str, Any]) -> Iterator[Dict[str, Any]]:
    return iter(workflow["jobs"].values())


@unittest.skipUnless(MERIDIAN.exists(), "build/native/meridian, which reads the YAML, is not built")
class Workflows(unittest.TestCase):
    def setUp(self) -> None:
        self.action = read_yaml("action.yml")
        own = [(path.name, read_yaml(str(path.relative_to(ROOT)))) for path in WORKFLOWS]
        self.workflows = [*own, *guide_workflows()]

    def all_steps(self) -> Iterator[Tuple[str, Dict[str, Any]]]:
        for place, workflow in self.workflows:
            for job in jobs(workflow):
                yield from ((place, step) for step in job["steps"])
        yield from (("action.yml", step) for step in self.action["runs"]["steps"])

    def test_each_says_when_it_runs_what_it_may_and_where(self) -> None:
        self.assertGreaterEqual(len(self.workflows), 4)
        for place, workflow in self.workflows:
            self.assertTrue(workflow[ON], place)
            for rights in [
                workflow["permissions"],
                *(j.get("permissions", {}) for j in jobs(workflow)),
            ]:
                self.assertLessEqual(set(rights), PERMISSIONS, place)
                self.assertLessEqual(set(rights.values()), {"read", "write"}, place)
            for job in jobs(workflow):
                self.assertEqual(job["runs-on"], "ubuntu-latest", place)
                needed = job.get("needs", [])
                self.assertLessEqual(set(needed), set(workflow["jobs"]), place)

    def test_a_step_runs_something_or_uses_an_action_of_a_commit(self) -> None:
        """A tag can be moved to other code."""
        for place, step in self.all_steps():
            self.assertLessEqual(set(step), STEP, place)
            self.assertEqual(len({"run", "uses"} & set(step)), 1, f"{place}: {step}")
            if "uses" in step:
                self.assertRegex(step["uses"], r"^[\w-]+/[\w-]+@[0-9a-f]{40}$", place)
            if place == "action.yml":
                self.assertEqual("run" in step, step.get("shell") == "bash")

    def test_what_strangers_choose_gets_into_scripts_by_the_environment_alone(self) -> None:
        for place, step in self.all_steps():
            self.assertNotIn("${{", step.get("run", ""), place)

    def test_scripts_can_be_parsed_and_call_what_is_there(self) -> None:
        called = []
        for place, step in self.all_steps():
            script = step.get("run", "")
            done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, f"{place}: {done.stderr}")
            for line in script.splitlines():
                for program, words in re.findall(r"\bpython3 (\S+\.py)(.*)", line):
                    called.append(program)
                    for option in re.findall(r"(?<=\s)--[a-z-]+", words):
                        self.assertIn(option, options_of(program), place)
        self.assertIn("cmake/release.py", called)

    def test_only_the_job_that_publishes_may_write_and_it_runs_no_code_of_ours(self) -> None:
        release = read_yaml(".github/workflows/release.yml")
        self.assertEqual(release["permissions"], {"contents": "read"})
        for name, job in release["jobs"].items():
            if "write" in job.get("permissions", {}).values():
                self.assertEqual(name, "publish")
                self.assertEqual(set(job["needs"]), set(release["jobs"]) - {name})
                self.assertNotIn("checkout", str(job["steps"]))

    def test_the_action_has_the_inputs_that_it_reads_and_that_the_guide_gives(self) -> None:
        inputs = set(self.action["inputs"])
        read = re.findall(r"inputs\.([a-z]+)", str(self.action["runs"]))
        self.assertEqual(set(read), inputs)
        text = GUIDE.read_text(encoding="utf-8")
        for name in inputs:
            self.assertIn(f"| `{name}` |", text)


if __name__ == "__main__":
    unittest.main()
