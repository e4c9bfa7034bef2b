"""Digests of what judges besides the workspace: this program, its libraries, the time zones of the machine."""

import hashlib
import os
import re
import sys
import zoneinfo
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from csdocs import __version__

_PACKAGE = Path(__file__).resolve().parent.parent
_LIBRARIES = ("pydantic", "pydantic_core", "ruamel.yaml", "ruamel.yaml.clib", "cryptography")
_QUICKER = "pynacl"  # need not be there
_NOTED = ".dist-info"


def judge_digest(*facts: str) -> str:
    """The program and the libraries that judge, with what else the caller says matters."""
    return digest(_program(), *map(_version, _LIBRARIES), _installed().get(_QUICKER, ""), *facts)


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
    found = hashlib.sha256()
    for name in sorted(_files_below(str(_PACKAGE))):  # plain paths: this is part of most starts
        with open(name, "rb", buffering=0) as file:
            source = file.readall()
        found.update(f"{name[len(str(_PACKAGE)) :]}\0{len(source)}\0".encode("utf-8", "surrogateescape"))
        found.update(source)
    return found.hexdigest()


def _files_below(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.name.endswith(".py"):
            yield entry.path
        elif entry.is_dir() and entry.name != "__pycache__":
            yield from _files_below(entry.path)


def _version(library: str) -> str:
    name = _spelled(library)
    if name in _installed():
        return _installed()[name]
    from importlib import metadata  # slow to come by, and it reads what each library says of itself to its end

    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


@cache
def _installed() -> dict[str, str]:
    """Versions by the names of the folders in which installers note them; the first one found is the one imported."""
    found: dict[str, str] = {}
    for place in filter(os.path.isdir, sys.path):
        for folder in sorted(os.listdir(place)):
            name, dash, version = folder.removesuffix(_NOTED).partition("-")
            if folder.endswith(_NOTED) and dash:
                found.setdefault(_spelled(name), version)
    return found


def _spelled(library: str) -> str:
    return re.sub(r"[-_.]+", "_", library).lower()


def zone_digest(key: str) -> str:
    """The rules of a time zone change with the system's tables."""
    files = (Path(folder) / key for folder in zoneinfo.TZPATH)
    found = next((file for file in files if file.is_file()), None)
    return hashlib.sha256(found.read_bytes()).hexdigest() if found else _version("tzdata")


def digest(*facts: str) -> str:
    return hashlib.sha256("\0".join(facts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
