#!/usr/bin/env python3
"""Build Meridian and serve a site with it: python3 serve.py [SITE]

Checks the toolchain (and installs what is missing, where it may), builds what is stale, and serves
SITE, the folder of a site's sources, together with the shell, as a static host would. The pages are
rendered by the browser that opens the address. When a source, the theme, the shell or the core
changes, the page follows.

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
import os
import subprocess
import threading
import webbrowser
from pathlib import Path
from typing import List

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "cmake"))

import builder
from server.checker import Checker
from server.follower import Follower
from server.http_server import open_server
from server.live_reload import Listeners
from server.manifest import Manifest
from server.site_files import Site

DEFAULT_PORT = 4000


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
    manifest = Manifest(site, builder.COMMAND)
    listeners = Listeners()
    files = Site(site, builder.DIST, options.base, manifest, options.headers, listeners)
    checker = Checker(site, builder.COMMAND, listeners)
    follower = Follower(site, manifest, listeners, checker, may_build=not options.no_build)
    follower.start()
    server = open_server(options.host, options.port, files, listeners, options.verbose)
    threading.Thread(
        target=manifest.get, daemon=True
    ).start()  # so that the first page finds it ready
    host = "localhost" if server.only_local else options.host
    address = f"http://{f'[{host}]' if ':' in host else host}:{server.server_port}{options.base}"
    if options.port not in (0, server.server_port):
        print(f"Port {options.port} is taken.", flush=True)
    print(f"{options.site} is at {address}  (Ctrl-C ends)", flush=True)
    checker.start()
    if options.open:
        webbrowser.open(address)
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        print()
    finally:
        follower.stopping = True
        listeners.close()
        server.server_close()
    return 0


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
    parser.add_argument("--open", action="store_true", help="open the address in a browser")
    parser.add_argument("--verbose", action="store_true", help="print each request")
    return parser.parse_args(arguments)


def main(arguments: List[str]) -> int:
    options = parse(arguments)
    if options.site is None:
        options.site = os.path.relpath(ROOT / "content") + os.sep
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without UTF-8 must not end the server
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
