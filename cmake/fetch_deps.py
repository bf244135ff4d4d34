#!/usr/bin/env python3
"""Fetch the pinned third-party sources of cmake/deps.json, check their hashes and unpack them.

Archives are kept in a cache outside the repository (${MERIDIAN_CACHE}, else
${XDG_CACHE_HOME:-~/.cache}/meridian) and are fetched from the upstream address, or, where that
can't be reached, from the Debian archive that this machine's apt is already set up for: the source,
or a package of headers. apt is used with folders of its own, so neither root nor a change of the
machine's package lists is needed. What is published as an npm package is fetched by npm, as it is
set up here.

CMake runs this at configure (cmake/Deps.cmake). Not needed when the cache already holds the
archives."""

import argparse
import concurrent.futures
import fnmatch
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UPSTREAM_TIMEOUT = (
    6  # seconds without an answer; a machine behind a wall should get to the next source quickly
)
MAX_ARCHIVE = 32 << 20  # bytes; the largest of ours has 1.2 MB
APT_TIMEOUT = 120  # seconds for the package lists of one suite
NPM_TIMEOUT = 120  # seconds for one package


def cache_folder() -> Path:
    if os.environ.get("MERIDIAN_CACHE"):
        return Path(os.environ["MERIDIAN_CACHE"]) / "sources"
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "meridian" / "sources"


def say(text: str) -> None:
    print(f"  {text}", flush=True)


def load_pins(path: Path) -> dict:
    return {
        name: pin
        for name, pin in json.loads(path.read_text(encoding="utf-8")).items()
        if name != "//"
    }


class Cache:
    """Archives by name and hash. Their hashes have been checked, and are checked again before
    unpacking.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str, source: dict) -> Path:
        return self.folder / f"{name}-{source['sha256'][:16]}.tar.gz"

    def read(self, name: str, source: dict):
        """The archive's bytes, or None when it is not there or damaged."""
        try:
            data = self.path(name, source).read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == source["sha256"] else None

    def store(self, name: str, source: dict, data: bytes) -> bool:
        """Keeps `data` when its hash is the pinned one."""
        if hashlib.sha256(data).hexdigest() != source["sha256"]:
            return False
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self.folder)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        os.replace(temporary, self.path(name, source))
        return True

    def release(self, name: str, pin: dict, releases=None):
        """The first (release, source) of the pin in the cache."""
        for release in pin["releases"] if releases is None else releases:
            for source in release["sources"]:
                if self.read(name, source) is not None:
                    return release, source
        return None


def read_url(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=UPSTREAM_TIMEOUT) as answer:
        return answer.read(MAX_ARCHIVE)


def read_npm(package: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", package, "--ignore-scripts", "--loglevel=error"],
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=NPM_TIMEOUT,
        )
        return next(Path(folder).glob("*.tgz")).read_bytes()


def fetch_upstream(cache: Cache, name: str, release: dict) -> bool:
    for source in release["sources"]:
        if "debian" in source:
            continue
        try:
            data = read_npm(source["npm"]) if "npm" in source else read_url(source["url"])
        except Exception as error:  # any way to fail means the same here: try the next source
            say(
                f"{name} {release['version']}: upstream can't be reached ({getattr(error, 'reason', error)})"
            )
            continue
        if cache.store(name, source, data):
            say(f"{name} {release['version']}: from upstream")
            return True
        say(f"{name} {release['version']}: upstream's bytes don't have the pinned hash, refused")
    return False


def apt_entries():
    """(URI, keyring or None) of this machine's Debian archives, from deb822 files and one-line
    lists.
    """
    found = []
    folder = Path("/etc/apt")
    lists = [folder / "sources.list", *sorted((folder / "sources.list.d").glob("*"))]
    for path in lists:
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if path.suffix == ".sources" or re.search(r"^Types:", text, re.M):
            found += deb822_entries(text)
        else:
            found += one_line_entries(text)
    return [entry for entry in dict.fromkeys(found) if is_debian_archive(entry[0])]


def deb822_entries(text: str):
    for paragraph in re.split(r"\n\s*\n", text):
        fields = {}
        for line in paragraph.splitlines():
            if not line.startswith(("#", " ", "\t")) and ":" in line:
                key, value = line.split(":", 1)
                fields.setdefault(key.strip().lower(), value.strip())
        if (
            fields.get("enabled", "yes").lower() != "no"
            and "main" in fields.get("components", "").split()
        ):
            for uri in fields.get("uris", "").split():
                yield uri, fields.get("signed-by") or None


def one_line_entries(text: str):
    for line in text.splitlines():
        match = re.match(r"\s*deb(?:-src)?\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+\S+\s+(.*)", line)
        if match and "main" in match.group(3).split():
            keyring = re.search(r"signed-by=(\S+)", match.group(1) or "")
            yield match.group(2), keyring.group(1) if keyring else None


def is_debian_archive(uri: str) -> bool:
    # Security and Ubuntu archives have other suites and keys; a mirror of Debian ends in /debian.
    return bool(re.search(r"/debian/?$", uri))


def fetch_debian(cache: Cache, wanted: list) -> None:
    """Fetches (name, release) pairs as Debian source packages, one round of apt lists for each
    suite.
    """
    suites = {}
    for name, release in wanted:
        for source in release["sources"]:
            if "debian" in source:
                kind = "deb" if is_package(source) else "deb-src"
                suites.setdefault((source["suite"], kind), []).append((name, release, source))
    entries = apt_entries()
    if not suites or not entries or not shutil.which("apt-get"):
        return
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for lines in pool.map(lambda item: fetch_suite(cache, entries[0], *item), suites.items()):
            for line in lines:
                say(line)


def is_package(source: dict) -> bool:
    return source["file"].endswith(".deb")


def fetch_suite(cache: Cache, entry: tuple, part: tuple, items: list) -> list:
    uri, keyring = entry
    suite, kind = part
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for part in ("lists/partial", "cache/archives/partial", "parts", "download"):
            (folder / part).mkdir(parents=True)
        signed = f"Signed-By: {keyring}\n" if keyring else ""
        (folder / "suite.sources").write_text(
            f"Types: {kind}\nURIs: {uri}\nSuites: {suite}\nComponents: main\n{signed}",
            encoding="utf-8",
        )
        (folder / "status").write_text("", encoding="utf-8")
        settings = {
            "Dir::State::lists": folder / "lists",
            "Dir::State::status": folder / "status",
            "Dir::Cache": folder / "cache",
            "Dir::Etc::sourcelist": folder / "suite.sources",
            "Dir::Etc::sourceparts": folder / "parts",
            "Acquire::Languages": "none",
            # A package of a rolling suite may be out of date in a mirror; the pinned hash decides.
            "Acquire::Check-Valid-Until": "false",
            "APT::Sandbox::User": "",
            # Headers are the same on every machine.
            "APT::Architecture": "amd64",
        }
        options = [word for key, value in settings.items() for word in ("-o", f"{key}={value}")]
        try:
            lists = subprocess.run(
                ["apt-get", "-q", *options, "update"],
                capture_output=True,
                text=True,
                timeout=APT_TIMEOUT,
            )
        except subprocess.TimeoutExpired:
            return [f"Debian {suite}: no package lists within {APT_TIMEOUT} s"]
        if lists.returncode:
            last = (lists.stderr.strip().splitlines() or ["?"])[-1]
            return [f"Debian {suite}: package lists can't be had ({last})"]
        # The exit status is no evidence: a missing .dsc makes it 100 though the archive arrives.
        # The hash decides.
        lines = []
        for name, release, source in items:
            verb = ["download"] if is_package(source) else ["source", "--download-only"]
            subprocess.run(
                ["apt-get", "-q", *options, *verb, source["debian"]],
                cwd=folder / "download",
                capture_output=True,
                timeout=APT_TIMEOUT,
            )
            path = folder / "download" / source["file"]
            if path.exists() and cache.store(name, source, path.read_bytes()):
                lines.append(f"{name} {release['version']}: from Debian's archive ({suite})")
            elif path.exists():
                lines.append(
                    f"{name} {release['version']}: Debian's bytes don't have the pinned hash, refused"
                )
            else:
                lines.append(f"{name} {release['version']}: not in Debian {suite} any more")
        return lines


def fetch(cache: Cache, pins: dict, use: str) -> None:
    """Fills the cache: for each pin the first release that is available, upstream before Debian."""
    depth = max(len(pin["releases"]) for pin in pins.values())
    for rank in range(depth):
        wanted = [
            (name, pin["releases"][rank])
            for name, pin in pins.items()
            if rank < len(pin["releases"])
            and not cache.release(name, pin, pin["releases"][: rank + 1])
        ]
        if wanted and use != "debian":
            with concurrent.futures.ThreadPoolExecutor() as pool:
                list(pool.map(lambda item: fetch_upstream(cache, *item), wanted))
        wanted = [
            (name, release)
            for name, release in wanted
            if not cache.release(name, pins[name], [release])
        ]
        if wanted and use != "upstream":
            fetch_debian(cache, wanted)
        if all(cache.release(name, pin) for name, pin in pins.items()):
            return


def open_archive(path: Path) -> tarfile.TarFile:
    """A tar file, or the files of a Debian package (deb(5): an ar archive with a tar file)."""
    data = path.read_bytes()
    if not data.startswith(b"!<arch>\n"):
        return tarfile.open(fileobj=io.BytesIO(data))
    at = 8
    while at < len(data):
        name, size = data[at : at + 16], int(data[at + 48 : at + 58])
        at += 60
        if name.startswith(b"data.tar"):
            return tarfile.open(fileobj=io.BytesIO(data[at : at + size]))
        at += size + size % 2
    sys.exit(f"{path} is a package without files")


def unpack(cache: Cache, name: str, pin: dict, folder: Path) -> tuple:
    """Unpacks a cached archive without its top folder into `folder`/name-version, once: of a
    release with `keep` the files that match one of its patterns. Returns (version, path)."""
    release, source = cache.release(name, pin)
    target = folder / f"{name}-{release['version']}"
    stamp = target / ".sha256"
    if not (stamp.exists() and stamp.read_text() == source["sha256"]):
        folder.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder, prefix=f".{name}-"))
        with open_archive(cache.path(name, source)) as archive:
            for member in archive:
                parts = Path(member.name).parts[1:]
                if not member.isfile() or not parts or ".." in parts:
                    continue  # links and devices have no place in these archives
                if not any(
                    fnmatch.fnmatch("/".join(parts), pattern)
                    for pattern in release.get("keep", ["*"])
                ):
                    continue
                path = fresh.joinpath(*parts)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(archive.extractfile(member).read())
        for file, pinned in release.get("files", {}).items():
            if hashlib.sha256((fresh / file).read_bytes()).hexdigest() != pinned:
                sys.exit(f"{name} {release['version']}: {file} is not the pinned one")
        (fresh / ".sha256").write_text(source["sha256"])
        shutil.rmtree(target, ignore_errors=True)
        os.chmod(fresh, 0o755)
        try:
            os.replace(fresh, target)
        except OSError:  # another configure was quicker
            shutil.rmtree(fresh, ignore_errors=True)
    return release["version"], target


def explain(missing: list, pins: dict, cache: Cache) -> str:
    lines = [
        f"These pinned sources are missing: {', '.join(missing)}.",
        "Neither their upstream addresses nor a Debian archive could be reached.",
        "With a network, run this again. Without one, put the archives by hand into the cache:",
    ]
    for name in missing:
        source = next(s for s in pins[name]["releases"][0]["sources"] if "debian" not in s)
        lines.append(
            f"  {source.get('url') or 'what `npm pack ' + source['npm'] + '` gives'}\n    as {cache.path(name, source)}"
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--from",
        dest="use",
        choices=("any", "upstream", "debian"),
        default="any",
        help="which kind of source to try (default: upstream, then Debian)",
    )
    parser.add_argument(
        "--pins", type=Path, default=ROOT / "cmake" / "deps.json", help="the list of pins"
    )
    parser.add_argument("--only", action="append", help="fetch just this one; may be repeated")
    parser.add_argument(
        "--unpack", type=Path, metavar="DIR", help="unpack the archives under this folder"
    )
    parser.add_argument(
        "--cmake", type=Path, metavar="FILE", help="write NAME_DIR and NAME_VERSION for CMake"
    )
    options = parser.parse_args()

    pins = load_pins(options.pins)
    if options.only:
        pins = {name: pins[name] for name in options.only}
    cache = Cache(cache_folder())
    if any(not cache.release(name, pin, pin["releases"][:1]) for name, pin in pins.items()):
        if not all(cache.release(name, pin) for name, pin in pins.items()):
            print("Fetching pinned sources", flush=True)
            fetch(cache, pins, options.use)
    missing = [name for name, pin in pins.items() if not cache.release(name, pin)]
    if missing:
        print(explain(missing, pins, cache), file=sys.stderr)
        return 1
    lines = []
    for name, pin in pins.items():
        release, _ = cache.release(name, pin)
        if options.unpack:
            version, path = unpack(cache, name, pin, options.unpack)
            lines += [f'set({name}_VERSION "{version}")', f'set({name}_DIR "{path.as_posix()}")']
        if release is not pin["releases"][0]:
            say(
                f"{name}: {release['version']} instead of {pin['releases'][0]['version']}: {release.get('note', '')}"
            )
    if options.cmake:
        options.cmake.parent.mkdir(parents=True, exist_ok=True)
        options.cmake.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
