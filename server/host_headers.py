"""What static hosts (Netlify, Cloudflare Pages, …) make of a file `_headers`.

A line that begins with / is a path, in which * stands for anything; the lines below it are headers
for what matches. All rules that match count, in their order: a header that is said twice gets both
values, joined by a comma, and `! Name` takes away what earlier rules have said."""

import re
from typing import Dict, List, Pattern, Tuple


def parse(text: str) -> List[Tuple[Pattern[str], List[str]]]:
    """The rules: what a path must look like, and the lines below it."""
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
    """The headers that `text`, a file `_headers`, gives to what is at `path`."""
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
