"""Whether real Jekyll is here, with the plugins that a site lists: Debian has each in a package of
its own.
"""

import shutil
import subprocess

MISSING = "jekyll is not installed with the site's plugins"


def has(*gems: str) -> bool:
    ruby = "; ".join(f"gem '{gem}'" for gem in gems)
    return (
        shutil.which("jekyll") is not None
        and subprocess.run(["ruby", "-e", ruby], capture_output=True).returncode == 0
    )
