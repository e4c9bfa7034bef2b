"""The benchmarks: each a function that lets csdocs and its peer do the same work on the same content."""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.history import git
from benchmarks.measure import NOTHING, Failed, Figure, Usage, contend, python, run
from csdocs.load.outcome import TABLES
from csdocs.load.workspace import Workspace
from csdocs.parse.record import parse_record
from csdocs.report.schema import record_schema
from csdocs.store import disk

STARTS = 10
CHANGED = 10
MANY = 200
PATHS_A_CALL = 10_000  # what one command line holds


def check(root: Path) -> Iterator[Figure]:
    """Judging every record of the workspace, as a command: on all cores and on one."""
    records = sum(1 for _ in Workspace(root).record_paths())
    for contender, options in (("csdocs", ()), ("csdocs --no-signatures", ("--no-signatures",))):
        for alone in (False, True):
            usage = _check(root, "--no-index", *options, alone=alone)
            yield Figure("check", f"{contender}{', one core' if alone else ''}", records, "records", usage)
    yield Figure("check", "check-jsonschema", records, "records", _check_jsonschema(root), is_peer=True)


def verified(root: Path) -> Iterator[Figure]:
    """The whole check, counted in the signatures that it verifies."""
    count = _count_signatures(root)
    for contender, alone in (("csdocs check", False), ("csdocs check, one core", True)):
        yield Figure("verified", contender, count, "signatures", _check(root, "--no-index", alone=alone))
    yield _loop("verified", "ssh-keygen -Y verify", "signatures", root, "signatures-keygen", 60, is_peer=True)


def _count_signatures(root: Path) -> int:
    workspace = Workspace(root)
    records = (parse_record(path, workspace.read(path)).record for path in workspace.record_paths())
    return sum(len(record.signatures) for record in records if record is not None)


def again(root: Path) -> Iterator[Figure]:
    """Judging a workspace that has been judged before: as it was, and with ten records changed."""
    _ignore_index(root)
    paths = list(Workspace(root).record_paths())
    yield Figure("again", "csdocs, first time", len(paths), "records", _check(root))
    yield Figure("again", "csdocs, unchanged", len(paths), "records", _check(root))
    yield Figure("again", "csdocs --committed, unchanged", len(paths), "records", _check(root, "--committed"))
    with _lines_added(root, paths[:: max(1, len(paths) // CHANGED)][:CHANGED]):
        yield Figure("again", f"csdocs, {CHANGED} changed", len(paths), "records", _check(root))
    yield Figure("again", "git status", len(paths), "records", run(["git", "status", "--short"], root)[0], is_peer=True)


def ask(root: Path) -> Iterator[Figure]:
    """Questions to all records once they have been checked, beside a process that puts one query to the same tables."""
    _ignore_index(root)
    _check(root)
    count = sum(1 for _ in Workspace(root).record_paths())
    words = ("search", "退款", "--format=json")
    questions = (words, ("sql", _BY_FORM), ("list", "F-COMPLAINT", "--overdue", "--format=json"), ("due",))
    for question in questions:
        command = python("-m", "csdocs", *question, *_as_of(root))
        usage, _ = run(command, root, {"CI": ""}, codes=(0, 1))
        yield Figure("ask", f"csdocs {question[0]}", count, "records", usage)
    script = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchall())"
    peer, _ = run(python("-c", script, str(root / TABLES), _BY_FORM), root)
    yield Figure("ask", "the SQL alone", count, "records", peer, is_peer=True)


_BY_FORM = "SELECT form, state, count(*) FROM records GROUP BY form, state"


def _ignore_index(root: Path) -> None:
    ignore = root / ".git" / "info" / "exclude"
    ignore.parent.mkdir(exist_ok=True)
    ignore.write_text("/.csdocs/\n")


@contextmanager
def _lines_added(root: Path, paths: Sequence[str]) -> Iterator[None]:
    """A comment, so that the files differ and nothing is wrong with them."""
    before = {path: disk.read(root, path) for path in paths}
    try:
        for path, data in before.items():
            (root / path).write_bytes(data + b"# touched\n")
        yield
    finally:
        for path, data in before.items():
            (root / path).write_bytes(data)


def review(root: Path) -> Iterator[Figure]:
    """Judging the last day's commit as a change; git lists the same files and judges nothing."""
    moment = git(root, "show", "-s", "--format=%cI", "HEAD")
    command = python("-m", "benchmarks.at", moment, "review", "--base=HEAD~1", "--format=json")
    files = len(git(root, "diff", "--name-only", "HEAD~1").splitlines())
    yield Figure("review", "csdocs", files, "files", _clean(command, root))
    peer = run(["git", "diff", "--raw", "HEAD~1", "HEAD"], root)[0]
    yield Figure("review", "git diff --raw", files, "files", peer, is_peer=True)


def audit(root: Path) -> Iterator[Figure]:
    """Judging every step of the history: beside a check that verifies as many records, then beside what lists the steps."""
    _ignore_index(root)
    for folder in root.glob(".csdocs/*"):
        folder.unlink()
    command = python("-m", "csdocs", "audit", "--format=json")
    steps = int(git(root, "rev-list", "--count", "--first-parent", "HEAD"))
    yield Figure("audit", "csdocs, first time", steps, "commits", _clean(command, root))
    yield Figure("audit", "csdocs check --no-index", steps, "commits", _check(root, "--no-index"), is_peer=True)
    yield Figure("audit again", "csdocs, unchanged", steps, "commits", _clean(command, root))
    log = ["git", "log", "--first-parent", "-m", "--raw", "--format=%H"]
    yield Figure("audit again", "git log --raw", steps, "commits", run(log, root)[0], is_peer=True)


def _clean(command: Sequence[str], root: Path) -> Usage:
    usage, said = run(command, root, {"CI": ""})
    if any(finding["rule"] not in _EXPECTED for finding in json.loads(said)["findings"]):
        raise Failed(f"the workspace is not clean: {said[:500]}")
    return usage


_EXPECTED = {"evidence-missing", "major-complaint-appraised"}  # seven forms are not all that the regulations ask for


def _check(root: Path, *options: str, alone: bool = False) -> Usage:
    program = ("-m", "benchmarks.one_core", "csdocs") if alone else ("-m", "csdocs")
    return _clean(python(*program, "check", "--format=json", *_as_of(root), *options), root)


def _as_of(root: Path) -> tuple[str, str]:
    """The day of the last commit: later than that nothing has happened."""
    return ("--as-of", git(root, "show", "-s", "--format=%cs", "HEAD"))


def _check_jsonschema(root: Path) -> Usage:
    """All records of a form in one call with the schema of the form: shape only, no rules, steps or references."""
    workspace = Workspace(root)
    total = NOTHING
    with tempfile.TemporaryDirectory(prefix="csdocs-benchmark-") as folder:
        for form in workspace.forms.values():
            paths = list(disk.files_below(root, f"{disk.RECORDS}/{form.directory}"))
            schema = Path(folder) / f"{form.id}.json"
            schema.write_text(json.dumps(_for_typed_yaml(record_schema(form, workspace.register))))
            for start in range(0, len(paths), PATHS_A_CALL):
                batch = paths[start : start + PATHS_A_CALL]
                command = python("-m", "check_jsonschema", "--schemafile", str(schema), *batch)
                total = total.then(run(command, root)[0])
    return total


def _for_typed_yaml(schema: Any) -> Any:
    """The schema for a tool to which `no: 1` is a number, whatever the form says."""
    if isinstance(schema, list):
        return [_for_typed_yaml(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    loose = {key: _for_typed_yaml(value) for key, value in schema.items()}
    return loose | ({"type": ["string", "number"]} if schema.get("type") == "string" else {})


def signatures(root: Path) -> Iterator[Figure]:
    """Verifying signatures of persons."""
    yield _loop("signatures", "csdocs, in process", "signatures", root, "signatures", 2_000)
    yield _loop("signatures", "ssh-keygen -Y verify", "signatures", root, "signatures-keygen", 60, is_peer=True)


def render(root: Path) -> Iterator[Figure]:
    """Printing records of one page as PDF/A-3a, with source and signatures attached."""
    yield _loop("render", "csdocs", "PDFs", root, "render", 40)
    yield _loop("render", "WeasyPrint as documented", "PDFs", root, "render-stock", 20, is_peer=True)
    for name, title in (("typst", "Typst"), ("reportlab", "ReportLab")):
        if find_spec(name):
            yield _loop("render", title, "PDFs", root, f"render-{name}", 40)


def memory(root: Path) -> Iterator[Figure]:
    """Printing many records in one process: the peak must not grow with their number."""
    yield _loop("memory", "csdocs, ten times as many", "PDFs", root, "render", MANY)
    yield _loop("memory", "csdocs", "PDFs", root, "render", MANY // 10, is_peer=True)


def build(root: Path) -> Iterator[Figure]:
    """Printing and sealing records on all cores, and on one."""
    yield _loop("build", "csdocs, all cores", "sealed PDFs", root, "build", MANY)
    yield _loop("build", "csdocs, one core", "sealed PDFs", root, "build-alone", MANY // 5, is_peer=True)


def manual(root: Path) -> Iterator[Figure]:
    """Printing the manual: contents, chapters, appendices."""
    yield _loop("manual", "csdocs", "pages", root, "manual", 1)
    yield _loop("manual", "WeasyPrint as documented", "pages", root, "manual-stock", 1, is_peer=True)


def seal(root: Path) -> Iterator[Figure]:
    """The organisation's PAdES seal on a PDF, without a time stamp."""
    yield _loop("seal", "csdocs", "seals", root, "seal", 60)
    yield _loop("seal", "pyHanko as documented", "seals", root, "seal-stock", 20, is_peer=True)


def cel(root: Path) -> Iterator[Figure]:
    """Evaluating rules of forms that are compiled already."""
    yield _loop("cel", "csdocs", "rules", root, "cel", 300_000)
    yield _loop("cel", "cel-expr-python", "rules", root, "cel-google", 60_000, is_peer=True)


def help(root: Path) -> Iterator[Figure]:
    """What every command pays before it does anything; bare click is the floor."""
    yield _starts("csdocs --help", root, "-m", "csdocs", "--help")
    yield _starts("import click", root, "-c", "import click", is_peer=True)


def _loop(
    benchmark: str, contender: str, unit: str, root: Path, name: str, times: int, *, is_peer: bool = False
) -> Figure:
    count, usage = contend(root, name, str(times))
    return Figure(benchmark, contender, count, unit, usage, is_peer)


def _starts(contender: str, root: Path, *arguments: str, is_peer: bool = False) -> Figure:
    run(python(*arguments), root)
    total = NOTHING
    for _ in range(STARTS):
        total = total.then(run(python(*arguments), root)[0])
    return Figure("help", contender, STARTS, "starts", total, is_peer)


BENCHMARKS: dict[str, Callable[[Path], Iterator[Figure]]] = {
    each.__name__: each
    for each in (check, verified, again, ask, review, audit, signatures, render, manual, seal, build, memory, help, cel)
}
