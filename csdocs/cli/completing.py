"""What the shell offers while an id is being typed. Looks at file names and first lines alone: nobody waits for a Tab."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from csdocs.cli.language import spoken
from csdocs.model.error import CsdocsError
from csdocs.model.place import DOCUMENTS, FORMS, PEOPLE, REPORTS
from csdocs.store import disk

MANUAL = "manual"  # what `render` takes for all of it
_HEAD = 2000  # bytes in which a controlled file says its id and title
_ID = re.compile(r"^id: *(\S+)", re.MULTILINE)
_PERSON = re.compile(r"staff_no: *(\S+?),?\s+name: *\{zh: *([^,}]+), *en: *([^}]+?) *\}")
_TITLE = re.compile(r"^title: *\{zh: *([^,}]+), *en: *([^}]+)\}", re.MULTILINE)


def form_ids(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return list(_controlled((FORMS,), incomplete))


def document_ids(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return list(_controlled((*DOCUMENTS, FORMS), incomplete))


def report_ids(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return list(_controlled((REPORTS,), incomplete))


def record_ids(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in sorted(_records()) if name.startswith(incomplete)]


def printable_ids(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [*document_ids(context, parameter, incomplete), *record_ids(context, parameter, incomplete)]


def rendered_ids(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    manual = [CompletionItem(MANUAL)] if MANUAL.startswith(incomplete) else []
    return [*manual, *printable_ids(context, parameter, incomplete)]


def people(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Staff numbers, by their beginning or by that of a name."""
    root = _root()
    listed = root / PEOPLE if root else None
    found = _PERSON.finditer(listed.read_text("utf-8")) if listed and listed.is_file() else ()
    return [
        CompletionItem(number, help=zh if spoken() == "zh" else en)
        for number, zh, en in (match.groups() for match in found)
        if any(word.lower().startswith(incomplete.lower()) for word in (number, zh, en))
    ]


def _controlled(folders: tuple[str, ...], incomplete: str) -> Iterator[CompletionItem]:
    for file, _ in _files(*folders):
        with file.open(encoding="utf-8", errors="replace") as opened:
            head = opened.read(_HEAD)
        id, title = _ID.search(head), _TITLE.search(head)
        if id and id[1].upper().startswith(incomplete.upper()):
            yield CompletionItem(id[1], help=title[1 if spoken() == "zh" else 2].strip() if title else None)


def _records() -> Iterator[str]:
    return (file.stem for file, path in _files(disk.RECORDS) if disk.is_record(path))


def _files(*folders: str) -> Iterator[tuple[Path, str]]:
    """Files of the workspace around us with their paths in it; none outside of one."""
    if root := _root():
        for folder in folders:
            yield from ((root / path, path) for path in disk.files_below(root, folder.removesuffix("/")))


def _root() -> Path | None:
    try:
        return disk.find_root(Path.cwd())
    except CsdocsError:
        return None
