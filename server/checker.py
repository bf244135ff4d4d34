"""Runs `meridian check` after each change and reports its diagnostics."""

import json
import subprocess
import threading
from pathlib import Path
from typing import List, Optional, Set, Tuple

from server.live_reload import Listeners

CHECK_TIMEOUT = 300  # seconds


def place_of(finding: dict) -> str:
    return ":".join(str(finding[key]) for key in ("file", "line", "column") if finding.get(key))


class Checker:
    """Runs `meridian check` at the start and after each change; reports new diagnostics to the
    terminal, and all of them to the open pages."""

    def __init__(self, site: Path, command: Path, listeners: Listeners) -> None:
        self.site = site
        self.command = command
        self.listeners = listeners
        self.wanted = threading.Event()
        self.told: Set[Tuple[str, str]] = set()

    def start(self) -> None:
        self.wanted.set()
        threading.Thread(target=self.keep_checking, daemon=True).start()

    def keep_checking(self) -> None:
        while True:
            self.wanted.wait()
            self.wanted.clear()
            findings = self.check()
            if findings is not None:
                self.tell(findings)

    def check(self) -> Optional[List[dict]]:
        """None when there is no answer: the last known diagnostics stay."""
        try:
            done = subprocess.run(
                [str(self.command), "check", "--json", "--source", str(self.site)],
                capture_output=True,
                timeout=CHECK_TIMEOUT,
                stdin=subprocess.DEVNULL,
            )
            findings = json.loads(done.stdout)
        except (OSError, ValueError, subprocess.TimeoutExpired):
            return None
        return [finding for finding in findings if finding["severity"] != "info"]

    def tell(self, findings: List[dict]) -> None:
        now = {(place_of(finding), finding["message"]) for finding in findings}
        for finding in findings:
            if (place_of(finding), finding["message"]) not in self.told:
                remedy = f"\n    {finding['remedy']}" if finding["remedy"] else ""
                print(f"  {place_of(finding)}: {finding['message']}{remedy}", flush=True)
        if self.told and not now:
            print("  All mistakes are mended.", flush=True)
        self.told = now
        self.listeners.found(findings)
