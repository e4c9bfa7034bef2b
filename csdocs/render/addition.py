"""What sealing added to a rendition: whoever holds the seal could add more than the seal, such as other pages."""

from collections.abc import Collection, Mapping
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, Reference
from pyhanko.pdf_utils.reader import PdfFileReader

from csdocs.render.finish import SEAL_FIELD

_CERTIFIED = frozenset({"/AcroForm", "/Perms", "/Extensions"})
_SIGNED = frozenset({"/V", "/AP"})
_COUNTED = frozenset({"/SigFlags"})
_NOTED = frozenset({"/Annots"})


def adds_only_a_seal(data: bytes) -> bool:
    """Whether the second and last revision fills the seal's field, or adds an invisible one, and changes nothing else.

    Never raises. The seal's picture is clipped to its field, which the first revision placed.
    """
    try:
        reader = PdfFileReader(BytesIO(data))
        return bool(reader.xrefs.total_revisions == 2 and _changes_nothing_else(reader))
    except Exception:  # noqa: BLE001 - a parser fed with hostile bytes may raise anything
        return False


def _changes_nothing_else(reader: PdfFileReader) -> bool:
    before = reader.get_historical_root(0)
    field = _filled_field(reader, before) if "/AcroForm" in before else _invisible_field(reader)
    allowed: dict[Reference, Collection[str]] = {reader.root_ref: _CERTIFIED, **field}
    written = reader.xrefs.explicit_refs_in_revision(1)
    changed = written & {*reader.xrefs.explicit_refs_in_revision(0), _description(reader)}
    return changed <= allowed.keys() and all(_is_as_before(reader, each, keys) for each, keys in allowed.items())


def _description(reader: PdfFileReader) -> Reference:
    """Of the file, beside its metadata; the trailer could name another one."""
    described: Reference = reader.trailer.raw_get("/Info").reference
    return described


def _filled_field(reader: PdfFileReader, before: Any) -> Mapping[Reference, Collection[str]]:
    own, now = before["/AcroForm"], reader.root["/AcroForm"]
    if own["/Fields"][0]["/T"] != SEAL_FIELD or _written(own, ()) != _written(now, _COUNTED):
        return {}
    return {own["/Fields"].raw_get(0).reference: _SIGNED}


def _invisible_field(reader: PdfFileReader) -> Mapping[Reference, Collection[str]]:
    """A page of a rendition that left no place for a seal carries a field that lies beside it."""
    fields = reader.root["/AcroForm"]["/Fields"]
    field, page = fields[0], fields[0].raw_get("/P").reference
    added = fields.raw_get(0).reference
    before = _annotations(reader.get_object(page, revision=0))
    after = _annotations(reader.get_object(page))
    alone = len(fields) == 1 and after == [*before, added]
    beside = all(float(value) < 0 for value in field["/Rect"])
    return {page: _NOTED} if alone and beside and "/AP" not in field else {}


def _annotations(page: Any) -> list[Reference]:
    found = page.get("/Annots", ())
    return [found.raw_get(number).reference for number in range(len(found))]


def _is_as_before(reader: PdfFileReader, reference: Reference, without: Collection[str]) -> bool:
    before = reader.get_object(reference, revision=0)
    return _written(before, without) == _written(reader.get_object(reference), without)


def _written(value: Any, without: Collection[str]) -> bytes:
    """As bytes, since two readings of one file are never equal as objects; references are not followed."""
    out = BytesIO()
    DictionaryObject({key: value.raw_get(key) for key in sorted(value) if key not in without}).write_to_stream(
        out, None
    )
    return out.getvalue()
