"""Findings and the like as JSON, which unlike a pickle can do no harm when somebody else has written it."""

import json
import zlib
from typing import Any


def dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def packed(body: bytes) -> bytes:
    """Much of what is said is said of many files: it comes to a fortieth, which is read sooner."""
    return zlib.compress(body, _QUICKLY)


def unpacked(body: bytes) -> bytes:
    """ValueError for what was not packed."""
    try:
        return zlib.decompress(body)
    except zlib.error as error:
        raise ValueError(str(error)) from None


_QUICKLY = 1


def loaded(body: bytes) -> Any:
    """ValueError for what is no JSON."""
    return json.loads(body.decode("utf-8", "surrogatepass"))
