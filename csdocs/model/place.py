"""Where the files of a workspace lie that have to be known before anything has been read."""

import os
import shlex
import sys
from pathlib import Path

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

CONFIG = "csdocs.yaml"
CONTROLLED_FOLDERS = ("handbook/", "templates/")
PEOPLE = "handbook/people.yaml"
ORGANISATION = "handbook/organisation.yaml"
CALENDAR = "handbook/calendar.yaml"
WAIVERS = "handbook/waivers.yaml"
MANUAL = "handbook/manual.yaml"
STAGES = "handbook/coverage.yaml"
DOCUMENTS = ("handbook/regulations/", "handbook/parts/")
# while one of these cannot be read, nothing is said of what rests on it
JUDGED_BY = (PEOPLE, ORGANISATION, CALENDAR, *DOCUMENTS)
RECEIPTS = "handbook/receipts/"
OPENING = f"{RECEIPTS}open/"
SEAL = "handbook/seal/"
FORMS, GROUPS = "templates/forms/", "templates/groups/"
CHECKS, QUERIES, REPORTS = "templates/checks/", "templates/queries/", "templates/reports/"
PRINT = "templates/print/"
STUB = ".gone.yaml"
LARGEST_FILE = 100 << 20  # bytes: what hosts of repositories take at the most
ATTACHMENTS = ".files"  # ends the name of the folder of a record's attachments
# what git obeys and lies in the tree itself: it may lay other bytes in a work tree, hide a diff, leave a record out of a commit,
# and print another name for an author
OF_GIT = (".gitattributes", ".gitignore", ".gitmodules", ".mailmap")


def is_attachment(path: str) -> bool:
    """Of a path below `records/`: whatever it is called, it is no record."""
    return f"{ATTACHMENTS}/" in path


def is_stub(path: str) -> bool:
    """Whether a path below `records/` is a stub's and no attachment's."""
    return path.endswith(STUB) and not is_attachment(path)


def moving(path: str, place: str, *beside: str) -> str:
    """The command that does it and takes along what lies beside: whether or not git knows the file, with the folder where there is
    none, and never over another file unasked.
    """
    folder = place.rpartition("/")[0]
    moves = [("mv", "-i", path, place), *(("mv", "-i", each, folder) for each in beside)]
    make = [] if path.startswith(f"{folder}/") else [("mkdir", "-p", folder)]
    return " && ".join(map(shlex.join, (*make, *moves)))


def home() -> Path:
    """Of the person; in a container they may have none."""
    try:
        return Path.home()
    except RuntimeError:
        raise CsdocsError(
            Text("当前用户没有主目录", "this user has no home folder"),
            Text(
                "把环境变量 HOME 设为自己的目录；只为打印，设 CSDOCS_CACHE 即可；只为签名，用 --key 指定密钥",
                "set HOME to a folder of your own; to print, CSDOCS_CACHE will do; to sign, name the key with --key",
            ),
        ) from None


def cache_directory() -> Path:
    """`CSDOCS_CACHE`, or the platform's place for data that may be thrown away."""
    if chosen := os.environ.get("CSDOCS_CACHE"):
        return Path(chosen).absolute()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home() / "AppData" / "Local") / "csdocs" / "cache"
    if sys.platform == "darwin":
        return home() / "Library" / "Caches" / "csdocs"
    return Path(os.environ.get("XDG_CACHE_HOME") or home() / ".cache") / "csdocs"
