"""Digests of what judges besides the workspace: this program, its libraries, the time zones of the machine."""

import hashlib
import sys
import zoneinfo
from functools import cache
from pathlib import Path

from csdocs import __version__

_PACKAGE = Path(__file__).resolve().parent.parent
_LIBRARIES = ("pydantic", "pydantic_core", "ruamel.yaml", "ruamel.yaml.clib", "cryptography")


def judge_digest(*facts: str) -> str:
    """The program and the libraries that judge, with what else the caller says matters."""
    return digest(_program(), *map(_version, _LIBRARIES), *facts)


def zones_digest() -> str:
    """The time zones of this machine, all of them."""
    lists = (Path(folder) / "tzdata.zi" for folder in zoneinfo.TZPATH)
    found = next((file for file in lists if file.is_file()), None)
    return hashlib.sha256(found.read_bytes()).hexdigest() if found else _version("tzdata")


def _program() -> str:
    """Digest of this software as it lies here: a changed rule is another judge even under the same version."""
    return digest(__version__, sys.version, _sources())


@cache
def _sources() -> str:
    """As the program was when it was first asked: that is what runs, whatever lies there later."""
    sources = sorted(_PACKAGE.rglob("*.py"))
    return digest(*(hashlib.sha256(path.read_bytes()).hexdigest() for path in sources))


def _version(library: str) -> str:
    from importlib import metadata  # slow to come by

    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


def zone_digest(key: str) -> str:
    """The rules of a time zone change with the system's tables."""
    files = (Path(folder) / key for folder in zoneinfo.TZPATH)
    found = next((file for file in files if file.is_file()), None)
    return hashlib.sha256(found.read_bytes()).hexdigest() if found else _version("tzdata")


def digest(*facts: str) -> str:
    return hashlib.sha256("\0".join(facts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
