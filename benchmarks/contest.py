"""The benchmarks: each a function that lets csdocs and its peer do the same work on the same content."""

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import reduce
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks import browser, verb
from benchmarks.generate import START
from benchmarks.history import git
from benchmarks.measure import NOTHING, REPOSITORY, Figure, Usage, contend, python, run
from csdocs.load.index.outcome import TABLES
from csdocs.load.workspace import Workspace
from csdocs.parse.record import parse_record
from csdocs.report.schema import record_schema
from csdocs.store import disk

SOURCEMETA = REPOSITORY / "build" / "bench" / "node_modules" / ".bin" / "jsonschema"  # `make peers` puts it there
STARTS = 10
CHANGED = 10
MANY = 200
PATHS_A_CALL = 10_000  # what one command line holds


def check(root: Path) -> Iterator[Figure]:
    """Judging every record of the workspace, as a command: on all cores and on one."""
    records = sum(1 for _ in Workspace(root).record_paths())
    for contender, options in (("csdocs", ()), ("csdocs --no-signatures", ("--no-signatures",))):
        for alone in (False, True):
            usage = verb.check(root, "--no-index", *options, alone=alone)
            yield Figure("check", f"{contender}{', one core' if alone else ''}", records, "records", usage)
    with _schemas(root) as schemas:
        if find_spec("check_jsonschema"):
            usage = _check_jsonschema(root, schemas)
            yield Figure("check", "check-jsonschema", records, "records", usage, is_peer=True)
        if SOURCEMETA.exists():
            yield Figure("check", "sourcemeta validate", records, "records", _sourcemeta(root, schemas))


def verified(root: Path) -> Iterator[Figure]:
    """The whole check, counted in the signatures that it verifies."""
    count = _count_signatures(root)
    for contender, alone in (("csdocs check", False), ("csdocs check, one core", True)):
        yield Figure("verified", contender, count, "signatures", verb.check(root, "--no-index", alone=alone))
    yield _loop("verified", "ssh-keygen -Y verify", "signatures", root, "signatures-keygen", 60, is_peer=True)


def _count_signatures(root: Path) -> int:
    workspace = Workspace(root)
    records = (parse_record(path, workspace.read(path)).record for path in workspace.record_paths())
    return sum(len(record.signatures) for record in records if record is not None)


def again(root: Path) -> Iterator[Figure]:
    """Judging a workspace that has been judged before, as it was and with some records changed, each beside what it is held against."""
    verb.settle(root)
    paths = list(Workspace(root).record_paths())
    count = len(paths)
    yield Figure("again", "csdocs, first time", count, "records", verb.check(root))
    yield Figure(
        "again", "csdocs, a second time", count, "records", verb.check(root)
    )  # keeps the words of all that is said
    unchanged = verb.check(root)
    yield Figure("again", "csdocs, unchanged", count, "records", unchanged)
    yield Figure("again", "git status", count, "records", run(["git", "status", "--short"], root)[0], is_peer=True)
    for changed in (1, CHANGED):
        with verb.lines_added(root, paths[:: max(1, count // changed)][:changed]):
            yield Figure("again, changed", f"csdocs, {changed} changed", count, "records", verb.check(root))
        verb.check(root)
    yield Figure("again, changed", "csdocs, unchanged", count, "records", unchanged, is_peer=True)
    yield Figure("committed", "csdocs check --committed", count, "records", verb.check(root, "--committed"))
    start = run(python("-m", "csdocs", "--help"), root)[0]
    yield Figure("committed", "csdocs --help", count, "records", start, is_peer=True)


def ask(root: Path) -> Iterator[Figure]:
    """Questions to all records once they have been checked, beside a process that puts the query alone to the same tables."""
    verb.settle(root)
    verb.check(root)
    count = sum(1 for _ in Workspace(root).record_paths())
    day = verb.as_of(root)
    for question, sql in _QUESTIONS.items():
        name = f"ask: {question[0]}"
        yield Figure(name, "csdocs", count, "records", verb.ask(root, *question, *day))
        yield Figure(name, "the SQL alone", count, "records", _typed(root, sql), is_peer=True)
    yield Figure("ask: coverage", "csdocs", count, "records", verb.ask(root, "coverage", "--format=json"))


def reports(root: Path) -> Iterator[Figure]:
    """Every report in use over all that was generated, once the workspace has been checked, beside the queries alone."""
    verb.settle(root)
    verb.check(root)
    day = verb.as_of(root)
    period = (f"--from={START}", f"--to={day[1]}", *day)
    workspace = Workspace(root)
    ids = [id for id, report in sorted(workspace.reports.items()) if workspace.is_in_use(report)]
    usages = [verb.ask(root, "report", id, *period, "--format=json") for id in ids]
    yield Figure("reports", "csdocs", len(usages), "reports", reduce(Usage.then, usages))
    yield Figure("reports", "csdocs, the slowest", 1, "reports", max(usages, key=lambda usage: usage.cpu))
    yield _loop("reports", "the SQL alone", "reports", root, "reports-sql", len(usages), is_peer=True)


def _typed(root: Path, sql: str) -> Usage:
    script = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchall())"
    return run(python("-c", script, str(root / TABLES), sql), root)[0]


_BY_FORM = "SELECT form, state, count(*) FROM records GROUP BY form, state"
_QUESTIONS = {
    ("sql", _BY_FORM): _BY_FORM,
    (
        "search",
        "退款",
        "--format=json",
    ): "SELECT path, body FROM _words JOIN _texts USING (path) WHERE instr(folded, '退款')",
    ("list", "F-COMPLAINT", "--overdue", "--format=json"): "SELECT * FROM _files WHERE form = 'F-COMPLAINT'",
    ("due",): "SELECT path, deadlines FROM _files WHERE deadlines IS NOT NULL",
}


def review(root: Path) -> Iterator[Figure]:
    """Judging the last day's commit as a change; git lists the same files and judges nothing."""
    files = len(git(root, "diff", "--name-only", "HEAD~1").splitlines())
    yield Figure("review", "csdocs", files, "files", verb.review(root))
    peer = run(["git", "diff", "--raw", "HEAD~1", "HEAD"], root)[0]
    yield Figure("review", "git diff --raw", files, "files", peer, is_peer=True)


def audit(root: Path) -> Iterator[Figure]:
    """Judging every step of the history: beside a check that verifies as many records, then beside what lists the steps."""
    verb.settle(root)
    for folder in root.glob(".csdocs/*"):
        folder.unlink()
    steps = int(git(root, "rev-list", "--count", "--first-parent", "HEAD"))
    yield Figure("audit", "csdocs, first time", steps, "commits", verb.audit(root))
    yield Figure("audit", "csdocs check --no-index", steps, "commits", verb.check(root, "--no-index"), is_peer=True)
    yield Figure("audit again", "csdocs, unchanged", steps, "commits", verb.audit(root))
    log = ["git", "log", "--first-parent", "-m", "--raw", "--format=%H"]
    yield Figure("audit again", "git log --raw", steps, "commits", run(log, root)[0], is_peer=True)


@contextmanager
def _schemas(root: Path) -> Iterator[dict[str, Path]]:
    """For each folder of records the file with the schema of its form."""
    workspace = Workspace(root)
    with tempfile.TemporaryDirectory(prefix="csdocs-benchmark-") as folder:
        schemas: dict[str, Path] = {}
        for form in workspace.forms.values():
            below = f"{disk.RECORDS}/{form.directory}"
            if (root / below).is_dir():
                schemas[below] = Path(folder) / f"{form.id}.json"
                schemas[below].write_text(json.dumps(_for_typed_yaml(record_schema(form, workspace.register))))
        yield schemas


def _check_jsonschema(root: Path, schemas: Mapping[str, Path]) -> Usage:
    """All records of a form in one call with the schema of the form: shape only, no rules, steps or references."""
    total = NOTHING
    for below, schema in schemas.items():
        paths = list(disk.files_below(root, below))
        for start in range(0, len(paths), PATHS_A_CALL):
            batch = paths[start : start + PATHS_A_CALL]
            command = python("-m", "check_jsonschema", "--schemafile", str(schema), *batch)
            total = total.then(run(command, root)[0])
    return total


def _sourcemeta(root: Path, schemas: Mapping[str, Path]) -> Usage:
    """The same in compiled C++."""
    commands = ([str(SOURCEMETA), "validate", str(schema), below] for below, schema in schemas.items())
    return reduce(Usage.then, (run([*command, "--extension", ".yaml"], root)[0] for command in commands), NOTHING)


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
    if browser.program():
        yield _loop("render", "Chromium", "PDFs", root, "render-chromium", 40)


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
    if browser.program():
        yield _loop("manual", "Chromium", "pages", root, "manual-chromium", 1)


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
    for each in (
        check,
        verified,
        again,
        ask,
        reports,
        review,
        audit,
        signatures,
        render,
        manual,
        seal,
        build,
        memory,
        help,
        cel,
    )
}


def missing() -> list[str]:
    """Peers that are not installed: their rows are left out."""
    packages = {"check_jsonschema": "check-jsonschema", "typst": "Typst", "reportlab": "ReportLab"}
    lacking = [title for name, title in packages.items() if not find_spec(name)]
    lacking += [] if SOURCEMETA.exists() else ["@sourcemeta/jsonschema"]
    return lacking + ([] if browser.program() else ["Chromium"])
