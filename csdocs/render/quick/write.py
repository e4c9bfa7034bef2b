"""A shorter way from the objects of a PDF to its bytes.

pydyf serialises and compresses everything twice, once to write it and once for the digest that becomes the file's
identifier, and compresses as hard as zlib can. Here each object is serialised once, at a level that is quick for all it holds.
And it lists all pages anew for each element that says on which it stands.
"""

import zlib
from contextvars import ContextVar
from typing import Any

from csdocs.render.quick.shortcut import Function, Shortcut, Source

LEVEL = 5  # a hundredth larger than 9, and for the tables of a font many times quicker than 6

# What is being written now: objects keep their bytes for as long as that is the same.
_writing: ContextVar[object] = ContextVar("_writing", default=None)


def shortcuts() -> tuple[Shortcut, ...]:
    import pydyf

    return (
        Shortcut(pydyf, "_to_bytes", "1cefd02c285d3aee", _to_bytes),
        Shortcut(pydyf.Stream, "data", "bdc2bc513f286de7", _stream_data),
        Shortcut(pydyf.Dictionary, "data", "1a6ebf2b6bc6adcb", _dictionary_data),
        Shortcut(pydyf.Array, "data", "136a84494ae7c8cc", _array_data),
        Shortcut(pydyf.PDF, "write", "242cd38f92ecd33f", _write),
        Shortcut(
            pydyf.PDF,
            "page_references",
            "060bf90aad55931b",
            _page_references,
            (Source(pydyf.PDF, "add_page", "6039cdea4114e530"),),
        ),
    )


def _to_bytes(stock: Function) -> Function:
    def to_bytes(item: Any) -> Any:
        kind = type(item)
        if kind is bytes:
            return item
        if kind is str:
            return item.encode("ascii")
        if kind is int:
            return b"%d" % item
        if kind is float and not item.is_integer():
            return (b"%f" % item).rstrip(b"0")
        return stock(item)

    return to_bytes


def _write(stock: Function) -> Function:
    def write(pdf: Any, *arguments: Any, **options: Any) -> Any:
        token = _writing.set(object())
        try:
            return stock(pdf, *arguments, **options)
        finally:
            _writing.reset(token)

    return write


def _page_references(stock: Function) -> Function:
    """Pages are only ever added."""

    def page_references(pdf: Any) -> Any:
        count = pdf.pages["Count"]
        kept = pdf.__dict__.get("csdocs_pages")
        if kept is None or kept[0] != count:
            kept = pdf.csdocs_pages = (count, stock(pdf))
        return kept[1]

    return page_references


def _kept(stock: Function) -> Function:
    """The bytes of an object, made once while a file is written: nothing changes then."""

    def data(self: Any) -> bytes:
        writing = _writing.get()
        if writing is None:
            return stock(self)  # type: ignore[no-any-return]
        kept = self.__dict__.get("csdocs_kept")
        if kept is None or kept[0] is not writing:
            kept = self.csdocs_kept = (writing, stock(self))
        return kept[1]  # type: ignore[no-any-return]

    return data


_names: dict[Any, bytes] = {}  # the keys of dictionaries as they are written: there are few


def _name(key: Any) -> bytes:
    import pydyf

    if len(_names) >= _MOST_NAMES:
        _names.clear()
    name = _names[key] = b"/%b " % (key.encode() if type(key) is str else pydyf._to_bytes(key))
    return name


_MOST_NAMES = 1_000


def _dictionary_data(stock: Function) -> Function:
    import pydyf

    def data(self: Any) -> bytes:
        to_bytes = pydyf._to_bytes
        items = []
        for key, value in self.items():
            kind = type(value)
            items.append(_names.get(key) or _name(key))
            items.append(value if kind is bytes else value.encode("ascii") if kind is str else to_bytes(value))
        return b"<<%b>>" % b"".join(items)

    return _kept(data)


def _array_data(stock: Function) -> Function:
    import pydyf

    def data(self: Any) -> bytes:
        to_bytes = pydyf._to_bytes
        return b"[%b]" % b" ".join([item if type(item) is bytes else to_bytes(item) for item in self])

    return data


def _stream_data(stock: Function) -> Function:
    import pydyf

    def data(self: Any) -> bytes:
        content = b"\n".join([item if type(item) is bytes else pydyf._to_bytes(item) for item in self.stream])
        extra = pydyf.Dictionary(self.extra.copy())
        if self.compress:
            extra["Filter"] = "/FlateDecode"
            content = zlib.compress(content, LEVEL)
        extra["Length"] = len(content)
        return b"\n".join((extra.data, b"stream", content, b"endstream"))

    return _kept(data)
