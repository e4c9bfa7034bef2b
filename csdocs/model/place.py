"""Names of files that have to be known before anything has been read."""

import os
import sys
from pathlib import Path

CONFIG = "csdocs.yaml"
PEOPLE = "handbook/people.yaml"
STUB = ".gone.yaml"


def is_stub(path: str) -> bool:
    """Whether a path below `records/` is a stub's and no attachment's."""
    return path.endswith(STUB) and ".files/" not in path


def cache_directory() -> Path:
    """`CSDOCS_CACHE`, or the platform's place for data that may be thrown away."""
    if chosen := os.environ.get("CSDOCS_CACHE"):
        return Path(chosen).absolute()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "csdocs" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "csdocs"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "csdocs"
