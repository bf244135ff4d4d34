"""Follows changes of the sources, and rebuilds Meridian after changes of its own."""

import os
import threading
from pathlib import Path
from typing import Set

import builder
from server import watch
from server.checker import Checker
from server.live_reload import Listeners
from server.manifest import Manifest


class Follower:
    """Follows changes: reports those of the site to the pages, rebuilds after those of Meridian
    itself.
    """

    def __init__(
        self,
        site: Path,
        manifest: Manifest,
        listeners: Listeners,
        checker: Checker,
        may_build: bool,
    ) -> None:
        self.site = site
        self.manifest = manifest
        self.listeners = listeners
        self.checker = checker
        self.stopping = False
        self.rebuild_wanted = threading.Event()
        self.inputs = [
            builder.ROOT / name for name in builder.INPUT_FOLDERS if (builder.ROOT / name).is_dir()
        ]
        if not may_build:
            self.inputs = []
        self.known: Set[str] = (
            set()
        )  # the site's files, to know which are gone and which were never more than temporary

    def start(self) -> None:
        roots = [self.site, *[folder for folder in self.inputs if self.site not in folder.parents]]
        source = watch.watcher(roots)  # before the first page is sent, so that no change is lost
        self.known = set(watch.snapshot([self.site]))
        threading.Thread(
            target=watch.watch,
            args=(roots, self.report, lambda: self.stopping, source),
            daemon=True,
        ).start()
        if self.inputs:
            threading.Thread(target=self.keep_building, daemon=True).start()

    def report(self, changed: Set[str]) -> None:
        if str(self.site) in changed:  # the system lost count of the changes
            self.known = set(watch.snapshot([self.site]))
            self.manifest.forget()
            self.listeners.changed([])
            self.checker.wanted.set()
        else:
            self.report_sources(changed)
        if (
            self.inputs
            and any(self.is_input(Path(path)) for path in changed)
            and not builder.is_current()
        ):
            self.rebuild_wanted.set()

    def report_sources(self, changed: Set[str]) -> None:
        prefix = str(self.site) + os.sep
        files = set().union(*(self.files_at(path) for path in changed if path.startswith(prefix)))
        paths = sorted(file[len(prefix) :].replace(os.sep, "/") for file in files)
        if not paths:
            return
        self.checker.wanted.set()  # also for what Jekyll skips: the check says why
        told = {path for path in paths if path in self.manifest.listed}
        self.manifest.forget(paths)
        # A new file is reported when the new list has it: names of private files are not disclosed.
        told.update(path for path in paths if path not in told and self.manifest.lists(path))
        if told:
            self.listeners.changed(sorted(told))

    def files_at(self, path: str) -> Set[str]:
        """The file itself if it exists or existed; the former content of a removed folder; nothing
        for temporary files.
        """
        if os.path.isfile(path):
            self.known.add(path)
            return {path}
        if os.path.isdir(path):
            return set()  # the files of a new folder are reported one by one
        gone = {path} & self.known or {
            file for file in self.known if file.startswith(path + os.sep)
        }
        self.known -= gone
        return gone

    def is_input(self, path: Path) -> bool:
        return any(folder == path or folder in path.parents for folder in self.inputs)

    def keep_building(self) -> None:
        while not self.stopping:
            if not self.rebuild_wanted.wait(timeout=0.5):
                continue
            self.rebuild_wanted.clear()
            before = watch.snapshot([builder.DIST])
            try:
                builder.build(builder.Progress(), check_tools=False)
            except builder.BuildError as error:
                print(error, flush=True)
                self.listeners.failed(str(error))
                continue
            after = watch.snapshot([builder.DIST])
            self.manifest.forget()
            changed = [
                Path(path).relative_to(builder.DIST).as_posix()
                for path in sorted(after)
                if before.get(path) != after[path] and not path.endswith((".br", ".gz"))
            ]
            # A style sheet is replaced in the page; any other file of the shell or the core needs a
            # new document.
            if changed or self.listeners.problem:
                self.listeners.changed(
                    changed if all(path.endswith(".css") for path in changed) else []
                )
