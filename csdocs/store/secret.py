"""A secret of this person on this machine: what it vouches for was noted here, and did not come along with a folder."""

import os
from pathlib import Path

from csdocs.model.error import CsdocsError
from csdocs.model.place import cache_directory

_LENGTH = 32


def own_secret() -> bytes | None:
    """None where it can neither be read nor kept: then nothing that was noted can be believed."""
    try:
        file = cache_directory() / "secret"
        known = file.read_bytes() if file.is_file() else b""
        return known if len(known) == _LENGTH else _made(file, known)
    except (OSError, CsdocsError):  # no home
        return None


def _made(file: Path, spoilt: bytes) -> bytes:
    """Of several processes that make one at the same time the first one has made it."""
    import tempfile

    file.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(os.urandom(_LENGTH))
        if spoilt:
            os.replace(temporary, file)
        else:
            os.link(temporary, file)
    except FileExistsError:
        pass
    finally:
        Path(temporary).unlink(missing_ok=True)
    return file.read_bytes()
