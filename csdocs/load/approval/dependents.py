"""What rests on a controlled file: whoever changes or approves it should look there too."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from csdocs.load.approval.ledger import identity, is_receipt
from csdocs.load.rulebook.shared_query import text_of, whole_query
from csdocs.model.place import CHECKS, DOCUMENTS, FORMS, MANUAL, QUERIES
from csdocs.model.text import COMMA, SEMICOLON, Text
from csdocs.parse.document import parse_front
from csdocs.store.scope import table_of

_MOST_NAMED = 12
_RECORDS = Text("记录 {count} 份", "{count} record{count:s}")
_FOLDER = re.compile(rb"^folder: *([a-z][a-z0-9-]*)", re.MULTILINE)


class Dependents(NamedTuple):
    """Ids of documents and forms, names of SQL files, the folder of a form's records; `manual`: whether it is printed there."""

    path: str
    documents: tuple[str, ...]
    forms: tuple[str, ...]
    queries: tuple[str, ...]
    manual: bool
    records: int | None = None  # of a form

    def said(self) -> Text:
        """On one line; empty where nothing depends on the file."""
        named = (
            ("制度", "documents", self.documents),
            ("表单", "forms", self.forms),
            ("核对", "queries", self.queries),
        )
        parts = [Text(f"{zh} {{ids}}", f"{en} {{ids}}").format(ids=_few(ids)) for zh, en, ids in named if ids]
        parts += [_RECORDS.format(count=self.records)] if self.records else []
        parts += [Text("手册", "the manual")] if self.manual else []
        return SEMICOLON.join(parts)


def _few(ids: tuple[str, ...]) -> Text:
    shown = COMMA.join(ids[:_MOST_NAMED])
    if len(ids) <= _MOST_NAMED:
        return shown
    return Text("{ids} 等 {n} 个", "{ids} and {more} more").format(ids=shown, n=len(ids), more=len(ids) - _MOST_NAMED)


def dependents(path: str, files: Mapping[str, bytes]) -> Dependents | None:
    """For a document or form among the controlled files; None for any other file. Records are counted by who has them."""
    id = identity(path, files[path]) if path.startswith((*DOCUMENTS, FORMS)) else None
    if id is None:
        return None
    mentioned = _mention(id, files[path], is_form=path.startswith(FORMS))
    others = [each for each in files if each != path and not is_receipt(each) and mentioned.search(_whole(each, files))]
    return Dependents(
        path,
        tuple(_ids(others, files, DOCUMENTS)),
        tuple(_ids(others, files, (FORMS,))),
        tuple(
            sorted(
                each.rpartition("/")[2].removesuffix(".sql") for each in others if each.startswith((CHECKS, QUERIES))
            )
        ),
        MANUAL in others,
    )


def _whole(path: str, files: Mapping[str, bytes]) -> bytes:
    """A file, with the queries that it names."""
    return whole_query(text_of(files, path), files).encode() if path.startswith((CHECKS, QUERIES)) else files[path]


def _mention(id: str, data: bytes, *, is_form: bool) -> re.Pattern[bytes]:
    """The id, the table of a form, or a parameter of the document."""
    patterns = [rf"(?<![A-Z0-9-]){id}(?![A-Z0-9-])"]
    if is_form:
        patterns.append(rf"\b{table_of(id)}(?:__|\b)")
    else:
        control = parse_front(data).control
        owned = "|".join(parameter.id for parameter in control.parameters) if control else ""
        if owned:
            patterns.append(rf"(?:param\.|param\('|\{{\{{ *)(?:{owned})\b")
    return re.compile("|".join(patterns).encode())


def _ids(paths: list[str], files: Mapping[str, bytes], folders: tuple[str, ...]) -> Iterator[str]:
    return iter(sorted(filter(None, (identity(each, files[each]) for each in paths if each.startswith(folders)))))


def record_folder(path: str, data: bytes) -> str | None:
    """Where the records of a form lie below `records/`."""
    if not path.startswith(FORMS):
        return None
    stated, id = _FOLDER.search(data), identity(path, data)
    return stated[1].decode() if stated else id and id.removeprefix("F-").lower()
