"""What of all findings is said: of what rests on a file that cannot be read, nothing; of one slip, one cure."""

from collections.abc import Iterable, Iterator
from functools import cache

from csdocs.load.rulebook.lint import FormCase
from csdocs.load.rulebook.shared_query import text_of
from csdocs.load.workspace import Workspace
from csdocs.model.finding import Finding
from csdocs.rules import by_slug
from csdocs.rules.rule import PARAMETERS
from csdocs.store import disk
from csdocs.store.scope import forms_named


def what_is_known(workspace: Workspace, found: Iterable[Finding]) -> Iterable[Finding]:
    """Findings without those that may be untrue. That a file cannot be read is one that stays."""
    known = (each for each in found if each.rule not in _OF_QUERIES or not _asks_unread(workspace, each.path))
    if not workspace.unread and not workspace.lacks_parameters:
        return known
    unread, in_doubt = workspace.unread, (*_in_doubt(workspace),)
    return (each for each in known if not _rests_on(each, unread, in_doubt))


_OF_QUERIES = ("query-fails", "report-query-fails")


def _asks_unread(workspace: Workspace, path: str) -> bool:
    """Whether a query asks for records of a form that cannot be read: they have no table until it is mended."""
    asked = forms_named(workspace.whole_query(text_of(workspace.files, path)))
    return any(id in workspace.form_paths and id not in workspace.forms for id in asked)


def with_one_cure(found: Iterable[Finding]) -> list[Finding]:
    """Without the place of a file that has another's number: what is to be there, and beside it, is there already."""
    listed = list(found)
    second = {each.path for each in listed if each.rule == "number-taken-twice"}
    return [each for each in listed if each.path not in second or each.rule not in _OF_PLACE] if second else listed


_OF_PLACE = ("wrong-place", "attachment-wrong")


def _rests_on(finding: Finding, unread: frozenset[str], in_doubt: tuple[str, ...]) -> bool:
    rests_on = _grounds().get(finding.code, frozenset[str]())
    if not rests_on.isdisjoint(unread):
        return True
    if PARAMETERS not in rests_on or not in_doubt:
        return False
    return finding.path.startswith(in_doubt) or finding.code.startswith(_ACROSS)


_ACROSS = "WSP"  # codes of what is said of many files


def _in_doubt(workspace: Workspace) -> Iterator[str]:
    """Folders of records that are judged by parameters of a document that cannot be read."""
    if workspace.lacks_parameters:
        for id, form in workspace.forms.items():
            if FormCase(workspace, form, workspace.form_paths[id]).rests_on_unread:
                yield f"{disk.RECORDS}/{form.directory}/"


@cache
def _grounds() -> dict[str, frozenset[str]]:
    """By code: registers without which it is not known whether a finding is true."""
    return {rule.code: rule.rests_on for rule in by_slug().values() if rule.rests_on}
