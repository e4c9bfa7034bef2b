"""The files embedded in a PDF, read within bounds."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

MAX_EMBEDDED_BYTES = 32 * 1024 * 1024

_MAX_TOTAL = 8 * MAX_EMBEDDED_BYTES
_MAX_FILES = 2_000  # the manual carries every regulation and form
_MAX_NODES = 4_000


class EmbeddedFilesError(CsdocsError):
    """The embedded files are more or larger than any rendition of ours makes them."""

    def __init__(self, message: Text) -> None:
        super().__init__(message, Text("向给出这份文件的人另要一份", "ask whoever handed it out for another copy"))

    def __reduce__(self) -> tuple[type["EmbeddedFilesError"], tuple[Text]]:
        return type(self), (self.message,)


def read_embedded_file(data: bytes, name: str) -> bytes | None:
    """The bytes of one embedded file; ask for a verdict on `data` first."""
    found = (content for own, content, _ in embedded_files(PdfFileReader(BytesIO(data))) if own == name)
    return next(found, None)


def embedded_files(reader: PdfFileReader) -> Iterator[tuple[str, bytes, str]]:
    """Name, bytes and relationship of each."""
    names = reader.root.get("/Names", {})
    specifications = _leaves(names["/EmbeddedFiles"]) if "/EmbeddedFiles" in names else []
    total = 0
    for specification in specifications:
        name = str(specification.get("/UF") or specification["/F"])
        kind = str(specification.get("/AFRelationship", "")).lstrip("/")
        content = _bounded(specification["/EF"]["/F"])
        total += len(content)
        if total > _MAX_TOTAL:
            raise EmbeddedFilesError(Text("嵌入的文件过大", "The embedded files are too large"))
        yield name, content, kind


def _leaves(tree: Any) -> list[Any]:
    """The values of a name tree; the bound on its nodes also ends a tree that contains itself."""
    nodes, found, visited = [tree], [], 0
    while nodes:
        node = nodes.pop()
        names, children = node.get("/Names", ()), node.get("/Kids", ())
        # Only an index, and not iteration, follows a reference.
        found += [names[number] for number in range(1, min(len(names), 2 * _MAX_FILES + 2), 2)]
        nodes += [children[number] for number in range(min(len(children), _MAX_NODES))]
        visited += 1
        if visited > _MAX_NODES or len(found) > _MAX_FILES:
            raise EmbeddedFilesError(Text("嵌入的文件过多", "Too many files are embedded"))
    return found


def _bounded(stream: Any) -> bytes:
    """Inflated by hand: a kilobyte may unpack to a gigabyte."""
    raw: bytes = stream.encoded_data
    filters = stream.get("/Filter")
    if filters is None:
        return raw
    if filters != "/FlateDecode":
        raise EmbeddedFilesError(
            Text("嵌入文件的压缩方式不被接受", "An embedded file is compressed in a way that is not accepted")
        )
    content = zlib.decompressobj().decompress(raw, MAX_EMBEDDED_BYTES + 1)
    if len(content) > MAX_EMBEDDED_BYTES:
        raise EmbeddedFilesError(Text("嵌入的文件过大", "An embedded file is too large"))
    return content
