"""What is written of a site grows with its pages, not with their square. Bytes are counted, of some
hundred pages; `site_growth.py` prints the table up to 2,000, and of steps."""

import sys
import unittest
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]
from command import MERIDIAN
from site_growth import COMMANDS, KINDS, MOST, measure

FEW = 200  # twice as many are still without what only larger sites get, such as segments


@unittest.skipUnless(MERIDIAN.exists(), "build/native/meridian is not built")
class SiteGrowth(unittest.TestCase):
    def test_twice_the_pages_are_at_most_2_2_times_the_bytes(self):
        for kind in KINDS:
            for command in COMMANDS:
                with self.subTest(kind=kind, command=command):
                    few, many = (measure(kind, count, command) for count in (FEW, 2 * FEW))
                    self.assertLessEqual(many, MOST * few)


if __name__ == "__main__":
    unittest.main()
