"""Media types: the Content-Type of a file."""

import os
import re

# Explicit, so that a page looks the same whatever the system's own table has.
MIME_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".geojson": "application/geo+json",
    ".wasm": "application/wasm",
    ".bin": "application/octet-stream",
    ".7z": "application/octet-stream",
    ".br": "application/octet-stream",
    ".bz2": "application/octet-stream",
    ".eot": "application/octet-stream",
    ".xz": "application/octet-stream",
    ".md": "text/markdown; charset=utf-8",
    ".markdown": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".tsv": "text/tab-separated-values; charset=utf-8",
    ".yml": "text/yaml; charset=utf-8",
    ".yaml": "text/yaml; charset=utf-8",
    ".toml": "text/plain; charset=utf-8",
    ".bib": "text/plain; charset=utf-8",
    ".tex": "text/plain; charset=utf-8",
    ".py": "text/plain; charset=utf-8",
    ".rb": "text/plain; charset=utf-8",
    ".scss": "text/plain; charset=utf-8",
    ".sass": "text/plain; charset=utf-8",
    ".liquid": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".m4a": "audio/mp4",
    ".flac": "audio/flac",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".gz": "application/gzip",
    ".tgz": "application/gzip",
    ".ics": "text/calendar",
    ".epub": "application/epub+zip",
    ".ipynb": "application/json",
}
COMPRESSIBLE = re.compile(r"text/|application/(?:json|.*\+(?:json|xml)|xml|wasm)|image/svg")


def mime_type(path: str, content: bytes) -> str:
    known = MIME_TYPES.get(os.path.splitext(path)[1].lower())
    if known:
        return known
    # CNAME, LICENSE and their like: text where it is text.
    try:
        content[:4096].decode("utf-8")
        return (
            "text/plain; charset=utf-8"
            if b"\0" not in content[:4096]
            else "application/octet-stream"
        )
    except UnicodeDecodeError as error:
        cut = error.start > 4092  # a character may be cut at the end of the sample
        return (
            "text/plain; charset=utf-8"
            if cut and b"\0" not in content[:4096]
            else "application/octet-stream"
        )
