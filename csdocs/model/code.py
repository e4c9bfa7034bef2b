"""The short code on every page, as printed (`REG-HANDOVER r2 1a2b3c4d`) and as its QR code says it."""

import re
import unicodedata
from typing import NamedTuple

PRINTED_DIGITS, QR_DIGITS, WORKSPACE_DIGITS = 8, 16, 8
MANUAL = "MANUAL"

_QR = re.compile(r"csdocs:([0-9a-f]{8})/(.+)/r(\d{1,6})/([0-9a-f]{8,64})")
_PRINTED = re.compile(r"(.+)r([0-9]{1,6})([0-9a-f]{8})")
_LABEL = re.compile(r"^(?:核验码|checkcode):?")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−ー一"), "-")
_MISREAD = str.maketrans("oil|zsgq", "01112599")  # none of them is a hexadecimal digit


class Code(NamedTuple):
    """`id` in lower case: people type it as they like. `workspace` and `digest` are beginnings; a printed code names no workspace."""

    id: str
    revision: int
    digest: str
    workspace: str = ""


def printed_code(id: str, revision: int, digest: str) -> str:
    return f"{id} r{revision} {digest[:PRINTED_DIGITS]}"


def qr_text(workspace: str, id: str, revision: int, digest: str) -> str:
    return f"csdocs:{workspace[:WORKSPACE_DIGITS]}/{id}/r{revision}/{digest[:QR_DIGITS]}"


def alike(id: str) -> str:
    """The same for ids that a reader of a poor copy takes for each other."""
    return id.lower().translate(_MISREAD)


def read_code(typed: str) -> Code | None:
    """However it was typed: spaces, case, full-width letters and digits, long dashes, o for 0. None if it is no code."""
    plain = unicodedata.normalize("NFKC", typed).translate(_DASHES).lower()
    plain = "".join(character for character in plain if not character.isspace() and character.isprintable())
    if found := _QR.fullmatch(plain):
        return Code(found[2], int(found[3]), found[4], found[1])
    plain = _LABEL.sub("", plain).replace("/", "").replace(",", "").replace("·", "").strip(".。")
    id, mark, rest = plain.rpartition("r")  # neither a number nor a digest has this letter
    found = _PRINTED.fullmatch(id + mark + rest.translate(_MISREAD))
    return Code(found[1], int(found[2]), found[3]) if found else None
