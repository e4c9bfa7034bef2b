"""Loops timed within a process of their own: `python -m benchmarks.contender NAME [COUNT]` in a workspace."""

import atexit
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from csdocs.load.workspace import Workspace
from csdocs.model.record import RECORD_NAMESPACE
from csdocs.parse.record import parse_record
from csdocs.store import disk

Work = Callable[[], int]  # does it all and says how many


class Signed(NamedTuple):
    payload: bytes
    signature: str
    by: str


def _timed(work: Work) -> dict[str, Any]:
    cpu, start = _cpu(), time.perf_counter()
    count = work()
    return {"count": count, "seconds": time.perf_counter() - start, "cpu": _cpu() - cpu}


def _cpu() -> float:
    """Seconds of this process, of those that it has waited for, and of those that are still there."""
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used) + sum(map(_cpu_of, _children(os.getpid())))


def _cpu_of(pid: int) -> float:
    """Of a process and all below it (Linux; 0 elsewhere)."""
    try:
        ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]
    except OSError:
        return 0.0
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK") + sum(map(_cpu_of, _children(pid)))


def _children(pid: int) -> list[int]:
    try:
        lists = [file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [int(child) for each in lists for child in each.split()]


def _scratch() -> Path:
    """A folder that goes when the process ends."""
    folder = tempfile.mkdtemp(prefix="csdocs-benchmark-")
    atexit.register(shutil.rmtree, folder)
    return Path(folder)


# signatures


def _signed(root: Path, count: int) -> list[Signed]:
    """Signatures from all over the workspace."""
    from csdocs.trust.payload import chain

    workspace = Workspace(root)
    paths = list(workspace.record_paths())
    out: list[Signed] = []
    for path in paths[:: max(1, len(paths) // count)]:
        record = parse_record(path, disk.read(root, path)).record
        if record is not None:
            payloads = chain(workspace.settings.workspace, record)
            out += [Signed(p, s.signature, s.by) for p, s in zip(payloads, record.signatures, strict=True)]
    return out[:count]


def signatures(root: Path, count: int) -> Work:
    from csdocs.trust.ssh import verify

    signed = _signed(root, count)

    def work() -> int:
        return len([verify(each.payload, each.signature, RECORD_NAMESPACE) for each in signed])

    return work


def signatures_keygen(root: Path, count: int) -> Work:
    signed = _signed(root, count)
    people = Workspace(root).register.people
    folder = _scratch()
    allowed = folder / "allowed_signers"
    allowed.write_text("".join(f"{p.staff_no} {key.public}\n" for p in people for key in p.keys))
    files = [folder / f"{number}.sig" for number in range(len(signed))]
    for file, each in zip(files, signed, strict=True):
        file.write_text(each.signature + "\n")

    def work() -> int:
        for file, each in zip(files, signed, strict=True):
            command = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", each.by, "-n", RECORD_NAMESPACE]
            subprocess.run([*command, "-s", str(file)], input=each.payload, check=True, stdout=subprocess.DEVNULL)
        return len(signed)

    return work


# reports


def reports_sql(root: Path, count: int) -> Work:
    """Their queries alone, put to the tables of the index and to those that were derived of them before."""
    import datetime as dt

    from benchmarks.generate import START
    from benchmarks.verb import as_of
    from csdocs.load.holdings.tree import Tree
    from csdocs.load.index.outcome import KnownState
    from csdocs.load.index.report import bound, report_database
    from csdocs.load.workspace import open_workspace
    from csdocs.model.period import between

    workspace = open_workspace(root, dt.date.fromisoformat(as_of(root)[1]))
    values = bound(between(START, workspace.today))
    standing = KnownState(root)
    reports = filter(workspace.is_in_use, workspace.reports.values())
    connections = [(report, standing.connect()) for report in reports]
    asked = [(report_database(Tree(workspace, own), report), report.query) for report, own in connections if own]

    def work() -> int:
        for index, query in asked:
            index.select(query, values)
        return len(asked)

    work()
    return work


# printing


def _press(root: Path) -> Any:
    from csdocs.press import Press

    return Press(root)


def _one_page_records(root: Path, count: int) -> list[str]:
    """Service records, the most usual of all."""
    paths = [path for path in Workspace(root).record_paths() if path.startswith("records/service-record/")]
    return list(islice(cycle(paths), count))


def render(root: Path, count: int) -> Work:
    press = _press(root)
    paths = _one_page_records(root, count)
    press.record(paths[0])
    return lambda: len([press.record(path) for path in paths])


def manual(root: Path, count: int) -> Work:
    press = _press(root)
    press.record(_one_page_records(root, 1)[0])
    return lambda: sum(_pages(press.manual().data) for _ in range(count))


def render_stock(root: Path, count: int) -> Work:
    press = _press(root)
    paths = _one_page_records(root, count)
    return _stock(root, [page_of(press, partial(press.record, path)) for path in paths])


def render_typst(root: Path, count: int) -> Work:
    return _others("typst", root, count)


def render_reportlab(root: Path, count: int) -> Work:
    return _others("reportlab", root, count)


def _others(name: str, root: Path, count: int) -> Work:
    from benchmarks.printers import PRINTERS, Printed
    from csdocs.press.audience import Audience
    from csdocs.press.enclosure import Enclosures
    from csdocs.press.record import record_view
    from csdocs.render.font import ensure_fonts

    press = _press(root)
    cases = [press.case(path) for path in _one_page_records(root, count)]
    views = [
        record_view(Audience(press.facts, case), case, [], Enclosures(), case.record, seal=False) for case in cases
    ]
    records = [Printed(view, case.data) for view, case in zip(views, cases, strict=True)]
    write = PRINTERS[name](ensure_fonts())
    write(records[0])
    return lambda: sum(_pages(write(each)) for each in records)


def build(root: Path, count: int) -> Work:
    """Printed and sealed, on all cores that this process may use."""
    from csdocs.press import Job, print_many
    from csdocs.press.sealing import Sealing
    from csdocs.render.seal import load_sealer

    press, _, folder = _to_seal(root)
    sealer = load_sealer((folder / "seal.key").read_bytes(), (folder / "seal.pem").read_bytes())
    sealing = Sealing(sealer, "Organisation", press.facts.moment, "zh")
    jobs = [Job("record", path) for path in _one_page_records(root, count)]
    return lambda: sum(1 for _ in print_many(press, jobs, sealing))


def build_alone(root: Path, count: int) -> Work:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return build(root, count)


def manual_stock(root: Path, count: int) -> Work:
    press = _press(root)
    return _stock(root, [page_of(press, press.manual)] * count)


def render_chromium(root: Path, count: int) -> Work:
    press = _press(root)
    return _browsed([page_of(press, partial(press.record, path)) for path in _one_page_records(root, count)])


def manual_chromium(root: Path, count: int) -> Work:
    press = _press(root)
    return _browsed([page_of(press, press.manual)] * count)


def _browsed(pages: Sequence[Any]) -> Work:
    from benchmarks.browser import Browser
    from csdocs.render.font import ensure_fonts

    browser = Browser(ensure_fonts().config)
    atexit.register(browser.close)
    browser.print("<p>一</p>", "")
    return lambda: sum(_pages(browser.print(page.html, page.css)) for page in pages)


def page_of(press: Any, make: Callable[[], object]) -> Any:
    """The HTML and CSS of a rendition."""
    kept: list[Any] = []
    with mock.patch.object(type(press), "print_page", lambda _, page, *rest, **options: kept.append(page)):
        make()
    return kept[0]


def _stock(root: Path, pages: Sequence[Any]) -> Work:
    """The same pages in the same fonts the way WeasyPrint's own documentation prints them."""
    from csdocs.render.font import ensure_fonts

    fonts = ensure_fonts()
    os.environ |= {"FONTCONFIG_FILE": str(fonts.config), "FONTCONFIG_PATH": str(fonts.config.parent)}
    import weasyprint

    base = (root / "templates" / "print").as_uri() + "/"

    def write(page: Any) -> bytes:
        document = weasyprint.HTML(string=page.html, base_url=base)
        data: bytes = document.write_pdf(stylesheets=[weasyprint.CSS(string=page.css)], pdf_variant="pdf/a-3u")
        return data

    write(type(pages[0])("<p>一", pages[0].css))
    return lambda: sum(_pages(write(page)) for page in pages)


def _pages(data: bytes) -> int:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


# sealing


def _to_seal(root: Path) -> tuple[Any, bytes, Path]:
    from csdocs.press import Press
    from csdocs.render.authority import create_seal_authority

    press = Press(root, seal=True)
    settings, moment = press.workspace.settings, press.facts.moment
    folder = _scratch()
    create_seal_authority(folder, settings.organisation, moment, 5)
    return press, press.record(_one_page_records(root, 1)[0]).data, folder


def seal(root: Path, count: int) -> Work:
    from csdocs.render.seal import load_sealer, seal_pdf

    press, pdf, folder = _to_seal(root)
    sealer = load_sealer((folder / "seal.key").read_bytes(), (folder / "seal.pem").read_bytes())

    def once() -> bytes:
        moment = press.facts.moment
        return seal_pdf(pdf, sealer, name="Organisation", reason="Benchmark", moment=moment, language="zh")

    once()
    return lambda: len([once() for _ in range(count)])


def seal_stock(root: Path, count: int) -> Work:
    """pyHanko as its documentation shows it: no picture in the field, the key as it was loaded."""
    from io import BytesIO

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    _, pdf, folder = _to_seal(root)
    end = "-----END CERTIFICATE-----\n"
    (folder / "own.pem").write_text((folder / "seal.pem").read_text().partition(end)[0] + end)
    signer = signers.SimpleSigner.load(str(folder / "seal.key"), str(folder / "own.pem"), (str(folder / "root.pem"),))
    metadata = signers.PdfSignatureMetadata(field_name="seal", md_algorithm="sha256", certify=True)

    def once() -> Any:
        return signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), metadata, signer=signer)

    once()
    return lambda: len([once() for _ in range(count)])


# expressions

EXPRESSIONS = (
    "lead_min >= 10",
    "medium != 'voice' || recorded",
    "reason == 'replace' || sets >= 1",
    "shift_in != shift_out || shift_out in ['day', 'normal']",
    "codes.all(c, c.startsWith('A')) && codes.size() <= 5",
    "temperatures.exists(t, t > 26) == false",
)
VALUES: dict[str, Any] = {
    **{"lead_min": 12, "medium": "paper", "recorded": False, "reason": "new", "sets": 2},
    **{"shift_in": "late", "shift_out": "early", "codes": ["A01", "A02", "A03"], "temperatures": [21, 24, 25]},
}
KINDS = {int: "INT", str: "STRING", bool: "BOOL"}


def cel(root: Path, count: int) -> Work:
    from csdocs.cel import Scope, compile_expression
    from csdocs.cel import types as t

    def kind(value: Any) -> Any:
        return t.ListType(kind(value[0])) if isinstance(value, list) else getattr(t, KINDS[type(value)])

    scope = Scope({name: kind(value) for name, value in VALUES.items()})
    programs = [compile_expression(source, scope) for source in EXPRESSIONS]
    runtime = Workspace(root).runtime
    return lambda: _evaluate([partial(program.evaluate, VALUES, runtime) for program in programs], bool, count)


def cel_google(root: Path, count: int) -> Work:
    from cel_expr_python import cel as google  # type: ignore[import-untyped]

    def kind(value: Any) -> Any:
        if isinstance(value, list):
            return google.Type.List(kind(value[0]))
        return getattr(google.Type, KINDS[type(value)])

    environment = google.NewEnv(variables={name: kind(value) for name, value in VALUES.items()})
    programs = [environment.compile(source) for source in EXPRESSIONS]
    return lambda: _evaluate([partial(program.eval, data=VALUES) for program in programs], _is_true, count)


def _is_true(value: Any) -> bool:
    return value.value() is True


def _evaluate(judges: Sequence[Callable[[], Any]], holds: Callable[[Any], bool], count: int) -> int:
    rounds = count // len(judges)
    for _ in range(rounds):
        for judge in judges:
            if not holds(judge()):
                raise ValueError("an expression that holds was found not to hold")
    return rounds * len(judges)


CONTENDERS: dict[str, Callable[[Path, int], Work]] = {
    "signatures": signatures,
    "signatures-keygen": signatures_keygen,
    "reports-sql": reports_sql,
    "render": render,
    "render-stock": render_stock,
    "render-typst": render_typst,
    "render-reportlab": render_reportlab,
    "render-chromium": render_chromium,
    "build": build,
    "build-alone": build_alone,
    "manual": manual,
    "manual-stock": manual_stock,
    "manual-chromium": manual_chromium,
    "seal": seal,
    "seal-stock": seal_stock,
    "cel": cel,
    "cel-google": cel_google,
}

if __name__ == "__main__":
    _name, _count = sys.argv[1], int(sys.argv[2])
    sys.stdout.write(json.dumps(_timed(CONTENDERS[_name](Path.cwd(), _count))))
