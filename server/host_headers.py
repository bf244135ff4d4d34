"""The meaning of a file `_headers` on static hosts (Netlify, Cloudflare Pages, …).

A line that begins with / is a path, in which * matches anything; the lines below it are headers for
the matching paths. All rules that match apply, in their order: a header that occurs twice gets both
values, joined by a comma, and `! Name` removes the values of earlier rules."""

import re
from typing import Dict, List, Pattern, Tuple


def parse(text: str) -> List[Tuple[Pattern[str], List[str]]]:
    """The rules: a pattern for paths, and the lines below it."""
    rules: List[Tuple[Pattern[str], List[str]]] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line.startswith("/"):
            pattern = ".*".join(re.escape(part) for part in line.strip().split("*"))
            rules.append((re.compile(pattern), []))
        elif rules:
            rules[-1][1].append(line.strip())
    return rules


def headers_for(text: str, path: str) -> Dict[str, str]:
    """The headers for `path` in `text`, the content of a file `_headers`."""
    headers: Dict[str, str] = {}
    for pattern, lines in parse(text):
        for line in lines if pattern.fullmatch(path) else []:
            name, _, value = line.partition(":")
            key = name.lstrip("! ").title()
            if line.startswith("!"):
                headers.pop(key, None)
            else:
                headers[key] = (
                    f"{headers[key]}, {value.strip()}" if key in headers else value.strip()
                )
    return headers
