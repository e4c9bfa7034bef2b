"""Findings and the like as JSON, which unlike a pickle can do no harm when somebody else has written it."""

import json
from typing import Any


def dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def loaded(body: bytes) -> Any:
    """ValueError for what is no JSON."""
    return json.loads(body.decode("utf-8", "surrogatepass"))
