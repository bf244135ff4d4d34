#!/usr/bin/env python3
"""Build Meridian and serve a site with it: python3 serve.py [SITE]

Checks the toolchain (and installs what is missing, where it may), builds what is stale, and serves
SITE, the folder of a site's sources, together with the shell, as a static host would. The pages are
rendered by the browser that opens the address. When a source, the theme, the shell or the core
changes, the page follows.

The first time on two cores, pages are there some 2 minutes after the toolchain, and all is built
after 4. Where nothing has changed a start takes a second.

    python3 serve.py                         the demo site in content/
    python3 serve.py ~/my-site --base /sub/  as a project page lies under a path
    python3 serve.py --build                 only build: build/native/meridian and build/dist/
    python3 serve.py --package               and pack build/dist/ into build/meridian-VERSION.zip

Standard library only; Python 3.9 or newer.
"""

import sys

if sys.version_info < (3, 9):
    sys.exit(f"Python 3.9 or newer is needed, this is {sys.version.split()[0]}.")

import argparse
import hashlib
import io
import json
import os
import subprocess
import threading
import webbrowser
from pathlib import Path
from typing import IO, List, cast

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "cmake"))

import builder

DEFAULT_PORT = 4000
SERVER = ROOT / "web" / "command" / "serve_raw.mjs"


def package() -> None:
    import dist

    archive = builder.BUILD / f"meridian-{builder.version()}.zip"
    dist.package(archive)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(archive.name + ".sha256").write_text(
        f"{digest}  {archive.name}\n", encoding="utf-8"
    )
    print(
        f"{archive.relative_to(ROOT)}  {archive.stat().st_size:,} bytes\nSHA-256 {digest}",
        flush=True,
    )


def base_path(text: str) -> str:
    """The base path, "/" or "/sub/path/", from any spelling."""
    parts = [part for part in text.split("/") if part]
    if any(part in (".", "..") for part in parts):
        raise argparse.ArgumentTypeError("a base has no . or ..")
    return "/" + "".join(f"{part}/" for part in parts)


def serve(options: argparse.Namespace) -> int:
    site = Path(options.site).resolve()
    if not site.is_dir():
        print(
            f"{options.site} is not a folder. Give the folder that holds the sources of the site.",
            file=sys.stderr,
        )
        return 2
    words = [options.site, "--base", options.base, "--host", options.host]
    words += ["--port", str(options.port), "--dist", str(builder.DIST)]
    words += ["--headers"] * options.headers + ["--verbose"] * options.verbose
    if not options.no_build:
        words += ["--rebuild", sys.executable]
        for name in builder.INPUT_FOLDERS:
            words += ["--input", str(ROOT / name)]
    # It ends when its input is closed, however this program ends.
    with subprocess.Popen(
        ["node", str(SERVER), *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            for line in cast(IO[str], server.stdout):
                print(line, end="", flush=True)
                if options.open and " is at http" in line:
                    webbrowser.open(line.split(" is at ")[1].split()[0])
                    options.open = False
            return server.wait()
        except KeyboardInterrupt:
            print()
            return 0


def rebuild() -> int:
    """Builds what is stale for the server that serves it. Writes to file 3, in JSON by lines: that
    pages can be served, or the problem."""
    with os.fdopen(3, "w", encoding="utf-8") as told:

        def tell(problem: str = "") -> None:
            print(json.dumps({"problem": problem}), file=told, flush=True)

        try:
            builder.build(builder.Progress(), check_tools=False, shell_is_there=tell)
        except builder.BuildError as error:
            print(error, flush=True)
            tell(str(error))
            return 1
    return 0


def build_until_page(may_install: bool) -> bool:
    """Builds until pages can be served; the native command follows meanwhile. False when the build
    failed before that."""
    ended, there = threading.Event(), threading.Event()

    def show() -> None:
        there.set()
        ended.set()

    def build() -> None:
        try:
            builder.build(builder.Progress(), may_install, shell_is_there=show)
            show()
        except builder.BuildError as error:
            print(error, file=sys.stderr, flush=True)
        ended.set()

    threading.Thread(target=build, daemon=True).start()
    ended.wait()
    return there.is_set()


def parse(arguments: List[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "site",
        nargs="?",
        default=None,
        metavar="SITE",
        help="the site's sources (default: content/)",
    )
    parser.add_argument(
        "--base", type=base_path, default="/", metavar="/PATH/", help="serve under this path"
    )
    parser.add_argument(
        "--port",
        type=int,
        default=DEFAULT_PORT,
        help=f"(default: {DEFAULT_PORT}, else the next free)",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen at (default: this machine only)"
    )
    parser.add_argument(
        "--headers",
        action="store_true",
        help="send the headers of _headers, as hosts that read it do",
    )
    parser.add_argument(
        "--build", action="store_true", help="only build build/native/meridian and build/dist/"
    )
    parser.add_argument(
        "--package",
        action="store_true",
        help="build, and pack build/dist/ into a zip with its SHA-256",
    )
    parser.add_argument(
        "--no-build", action="store_true", help="serve what is built, and build nothing"
    )
    parser.add_argument(
        "--no-install", action="store_true", help="don't install missing programs, only name them"
    )
    parser.add_argument("--rebuild", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--open", action="store_true", help="open the address in a browser")
    parser.add_argument("--verbose", action="store_true", help="print each request")
    return parser.parse_args(arguments)


def main(arguments: List[str]) -> int:
    options = parse(arguments)
    if options.rebuild:
        return rebuild()
    if options.site is None:
        options.site = os.path.relpath(ROOT / "content") + os.sep
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without UTF-8 must not end the server
    if not (options.build or options.package or options.no_build):
        return serve(options) if build_until_page(not options.no_install) else 1
    try:
        if not options.no_build:
            builder.build(builder.Progress(), may_install=not options.no_install)
        if options.package:
            package()
    except builder.BuildError as error:
        print(error, file=sys.stderr)
        return 1
    if options.build or options.package:
        if options.build:
            subprocess.run(
                [sys.executable, str(ROOT / "cmake" / "bytes.py"), "--files-only"], check=False
            )
        return 0
    return serve(options)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
