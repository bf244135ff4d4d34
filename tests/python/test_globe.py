"""The native globe gives the same bytes as globe.wasm, which tests/wasm/globe-land.test.mjs
compares with d3-geo."""

import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "cmake"))

import builder


class NativeGlobe(unittest.TestCase):
    def test_500_frames_are_those_of_the_module(self):
        with builder.lock():
            builder.configure("native")
            builder.compile("native", ["globe_frames"])
        program = builder.BUILD / "native" / "tests" / "globe_frames"
        done = subprocess.run(
            ["node", "tests/geo/native.mjs", str(program)], cwd=ROOT, capture_output=True, text=True
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
