"""The bill of materials of a release, CycloneDX 1.5: third-party code and data in what is
delivered.

The sources that are compiled in come from cmake/deps.json, with the hashes of their archives. npm
packages are those of the first table of docs/third-party.md, with the hashes of package-lock.json,
and as optional ones what they depend on, of which the bundler takes what is used. The C libraries
are those of this machine."""

import base64
import json
import os
import re
import subprocess
import time
import urllib.parse
import uuid
from pathlib import Path
from typing import Dict, Iterator, List, Optional

import builder
import toolchain

ROOT = builder.ROOT
NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # of URLs, RFC 9562
DATA = {"geonames_cities", "geonames_regions", "iso_countries", "cldr_names", "gemoji", "octicons"}


def licences(text: str) -> List[dict]:
    """An SPDX identifier, an expression of several, or words where the package names none."""
    text = text.strip("()")
    if not text:
        return [{"license": {"name": "in the package"}}]
    if re.fullmatch(r"[\w.+-]+", text):
        return [{"license": {"id": text}}]
    return [{"expression": text}]


def component(kind: str, name: str, version: str, licence: str, **more: object) -> dict:
    return {
        "type": kind,
        "bom-ref": f"{name}@{version}",
        "name": name,
        "version": version,
        "licenses": licences(licence),
        **more,
    }


def address_of(source: Dict[str, str]) -> str:
    """Where an archive of deps.json is."""
    if "npm" in source:
        name, _, version = source["npm"].rpartition("@")
        return f"https://registry.npmjs.org/{name}/-/{name.split('/')[-1]}-{version}.tgz"
    if "debian" in source:
        name = source.get("pool", source["debian"])
        return f"https://deb.debian.org/debian/pool/main/{name[0]}/{name}/{source['file']}"
    return source["url"]


def compiled_in() -> Iterator[dict]:
    """The sources of cmake/deps.json at the versions that the build has unpacked."""
    for name, entry in json.loads((ROOT / "cmake/deps.json").read_text(encoding="utf-8")).items():
        if name == "//" or entry.get("for") == "tests":
            continue
        release = next(
            release
            for release in entry["releases"]
            if (builder.BUILD / "sources" / f"{name}-{release['version']}").is_dir()
        )
        yield component(
            "data" if name in DATA else "library",
            name,
            release["version"],
            entry["licence"].partition(" (")[0],
            externalReferences=[
                {
                    "type": "distribution",
                    "url": address_of(source),
                    "hashes": [{"alg": "SHA-256", "content": source["sha256"]}],
                }
                for source in release["sources"]
            ],
        )


def delivered_names(locked: Dict[str, dict]) -> List[str]:
    """The npm packages of the table of what is delivered."""
    text = (ROOT / "docs/third-party.md").read_text(encoding="utf-8")
    table = text.partition("## In the delivered files")[2].partition("\n## ")[0]
    spans = [
        span
        for row in re.findall(r"^\|[^|]*\|([^|]*)\|", table, re.MULTILINE)
        for span in re.findall(r"`([^`]+)`", row)
    ]
    own = locked[""]["devDependencies"]
    return [
        name
        for name in own
        if name in spans or any(s.endswith("*") and name.startswith(s[:-1]) for s in spans)
    ]


def resolve(locked: Dict[str, dict], at: str, name: str) -> Optional[str]:
    """Where Node finds a package that another one, at a path of the lock file, asks for."""
    while True:
        path = f"{at}/node_modules/{name}".lstrip("/")
        if path in locked:
            return path
        if not at:
            return None
        at = at.rpartition("/node_modules/")[0] if "/node_modules/" in at else ""


def from_npm() -> Iterator[dict]:
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    direct = {f"node_modules/{name}" for name in delivered_names(locked)}
    todo, found = sorted(direct), set()
    while todo:
        path = todo.pop()
        if path in found:
            continue
        found.add(path)
        # Types are no code.
        wanted = [name for name in locked[path].get("dependencies", {}) if name[:7] != "@types/"]
        todo += [place for name in wanted for place in [resolve(locked, path, name)] if place]
    seen = set()
    for path in sorted(found):
        entry, name = locked[path], path.rpartition("node_modules/")[2]
        if (name, entry["version"]) in seen:
            continue
        seen.add((name, entry["version"]))
        algorithm, _, digest = entry["integrity"].partition("-")
        yield component(
            "library",
            name,
            entry["version"],
            entry.get("license", ""),
            scope="required" if path in direct else "optional",
            hashes=[
                {
                    "alg": algorithm.upper().replace("SHA", "SHA-"),
                    "content": base64.b64decode(digest).hex(),
                }
            ],
            purl=f"pkg:npm/{urllib.parse.quote(name, safe='/')}@{entry['version']}",
        )


def compiler_version() -> str:
    """Of the compiler of the native build."""
    cache = (builder.BUILD / "native/CMakeCache.txt").read_text(encoding="utf-8")
    compiler = re.search(r"^CMAKE_CXX_COMPILER:\w+=(.*)$", cache, re.MULTILINE)[1]
    return subprocess.run(
        [compiler, "-dumpfullversion", "-dumpversion"], capture_output=True, text=True, check=True
    ).stdout.strip()


def libc() -> str:
    """The name and version of this machine's C library, as `glibc 2.36`."""
    try:
        return os.confstr("CS_GNU_LIBC_VERSION") or ""
    except (AttributeError, ValueError):
        return ""


def runtimes(static: bool) -> Iterator[dict]:
    emcc = builder.run(["emcc", "--version"], "emcc --version")
    version = toolchain.version_in(emcc)
    yield component("library", "emscripten", version, "MIT")
    told = {"description": f"as Emscripten {version} has it, in the modules"}
    yield component("library", "musl", f"emscripten-{version}", "MIT", **told)
    yield component(
        "library", "libc++", f"emscripten-{version}", "Apache-2.0 WITH LLVM-exception", **told
    )
    if static:
        told = {"description": "linked into the native program"}
        yield component("library", "glibc", libc().split()[-1], "LGPL-2.1-or-later", **told)
        yield component(
            "library",
            "libstdc++",
            compiler_version(),
            "GPL-3.0-or-later WITH GCC-exception-3.1",
            **told,
        )


def bill(version: str, epoch: int, sums: str, static: bool) -> str:
    """The document, for artifacts with these sums."""
    parts = [*compiled_in(), *from_npm(), *runtimes(static)]
    artifacts: List[dict] = [
        {
            "type": "file",
            "bom-ref": f"file:{name}",
            "name": name,
            "hashes": [{"alg": "SHA-256", "content": digest}],
        }
        for digest, name in (line.split("  ") for line in sums.splitlines())
    ]
    own = component("application", "meridian", version, "MIT", components=artifacts)
    return (
        json.dumps(
            {
                "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
                "bomFormat": "CycloneDX",
                "specVersion": "1.5",
                "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, sums)}",
                "version": 1,
                "metadata": {
                    "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch)),
                    "component": own,
                },
                "components": parts,
                "dependencies": [
                    {"ref": own["bom-ref"], "dependsOn": [part["bom-ref"] for part in parts]}
                ],
            },
            indent=1,
            ensure_ascii=False,
        )
        + "\n"
    )


def path_of(out: Path, version: str) -> Path:
    return out / f"meridian-{version}.cdx.json"
