"""What the archive says of itself: the pages, and the same as CSV for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence

from csdocs.load.approval.ledger import read_control
from csdocs.load.workspace import Workspace
from csdocs.lookup.agenda import editions
from csdocs.model.cell import harmless
from csdocs.model.document import EVIDENCE_WORDS
from csdocs.model.text import Language, Text
from csdocs.pack.filing import Filing, bad_signatures
from csdocs.pack.matrix import MatrixRow
from csdocs.pack.page import Cell, PageLink, command, count, heading, page, paragraph, table
from csdocs.pack.scope import File, Filed, RulingRevision, Scope
from csdocs.pack.script import CHECK

_ID, _REVISION, _TITLE = Text("编号", "Id"), Text("版次", "Rev."), Text("名称", "Title")
_FILES, _STATE, _DAY = Text("文件", "Files"), Text("状态", "State"), Text("日期", "Day")
_MATRIX_HEADS = (
    Text("条款", "Clause"),
    _REVISION,
    Text("内容", "Text"),
    Text("以何为证", "Proved by"),
    Text("表单", "Forms"),
    Text("记录数", "Records"),
    Text("已办结", "Closed"),
    Text("不符合", "Breaches"),
    Text("缺证据", "Missing"),
    Text("所附记录", "Enclosed"),
)


def csv_file(path: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> File:
    """With a byte order mark: without it spreadsheets take Chinese for something else."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([[harmless(str(cell)) for cell in row] for row in rows])
    return File(path, out.getvalue().encode("utf-8-sig"))


def revisions_csv(workspace: Workspace, chosen: Sequence[RulingRevision]) -> File:
    """Every revision of what is enclosed, also those before and after the period."""
    heads = (
        "编号 id",
        "版次 revision",
        "生效 since",
        "失效 until",
        "入库 known",
        "SHA-256",
        "变更 summary",
        "凭据 receipts",
    )
    rows: list[Sequence[object]] = []
    for path, id in sorted({each.path: each.id for each in chosen}.items()):
        if workspace.in_set_up:
            rows += [
                (id, r.number, r.effective, "", "", r.sha256, _summary(path, r.data, r.number), "")
                for r in workspace.revisions.get(path, ())
            ]
            continue
        control = read_control(path, workspace.files.get(path, b""))
        summaries = {c.revision: f"{c.summary.zh} / {c.summary.en}" for c in control.changes} if control else {}
        for e in editions(workspace.ledger, path):
            known = e.known.astimezone(workspace.settings.zone).isoformat()
            receipts = "; ".join(
                f"{v.receipt.meaning} {v.receipt.person} {v.receipt.at.isoformat()}" for v in e.receipts
            )
            rows.append(
                (id, e.revision, e.since, e.until or "", known, e.sha256, summaries.get(e.revision, ""), receipts)
            )
    return csv_file("history/revisions.csv", heads, rows)


def _summary(path: str, data: bytes, number: int) -> str:
    control = read_control(path, data)
    found = (c for c in (control.changes if control else ()) if c.revision == number)
    return next((f"{change.summary.zh} / {change.summary.en}" for change in found), "")


def records_csv(filing: Filing) -> File:
    heads = (
        "记录 record",
        "表单 form",
        "日期 day",
        "状态 state",
        "不符合 breaches",
        "无效签名 bad signatures",
        "所附 enclosed",
    )
    rows: list[Sequence[object]] = [
        (f.name, f.form, f.day, f.state, " ".join(f.breaches), bad_signatures(f), "yes" if f.drawn else "")
        for f in filing.records
    ]
    rows += [(path, "", "", "unreadable", "", "", "") for path in filing.unreadable]
    return csv_file("records.csv", heads, rows)


def matrix_files(rows: Sequence[MatrixRow], title: Text, language: Language) -> tuple[File, File]:
    cells = [
        (r.citation, f"r{r.revision}", r.text, r.kind, " ".join(r.forms), r.records, r.closed, r.breaches, r.missing)
        for r in rows
    ]
    flat = [(*row, " ".join(r.drawn)) for row, r in zip(cells, rows, strict=True)]
    linked = [
        (
            *row[:3],
            EVIDENCE_WORDS[r.kind],
            *row[4:7],
            count(r.breaches),
            count(r.missing),
            [PageLink(name, f"records/{name}/{name}.pdf") for name in r.drawn],
        )
        for row, r in zip(cells, rows, strict=True)
    ]
    said = Text(
        "每一条款由哪些表单举证、这段时间有多少记录、哪里没有做到、缺哪些证据。",
        "Which forms prove each clause, how many records there are in the period, where it was not kept, what is missing.",
    )
    html = page(title, language, [paragraph(said), table(_MATRIX_HEADS, linked)])
    return csv_file("matrix.csv", [f"{h.zh} {h.en.lower()}" for h in _MATRIX_HEADS], flat), File("matrix.html", html)


def index_html(
    title: Text,
    language: Language,
    scope: Scope,
    commit: str,
    chosen: Sequence[RulingRevision],
    filing: Filing,
    *,
    sealed: bool,
) -> File:
    parts = [
        paragraph(
            Text(f"{scope.first} 至 {scope.last}，来自提交", f"{scope.first} to {scope.last}, from commit"), commit
        ),
        *_how_to_check(sealed),
        heading(Text("有效的制度和篇章", "Regulations and parts in force")),
        _held_table([each for each in chosen if each.kind == "documents"]),
        heading(Text("有效的表单", "Forms in force")),
        _held_table([each for each in chosen if each.kind == "forms"]),
        heading(Text("记录", "Records")),
        *_records(scope, filing),
        heading(Text("其他内容", "What else is here")),
        _others(),
    ]
    return File("index.html", page(title, language, parts))


def _how_to_check(sealed: bool) -> Iterable[str]:
    yield heading(Text("如何核验", "How to check"))
    said = Text(
        "在本目录运行下面的命令，只需系统自带的 sha256sum、ssh-keygen、openssl。DIGEST 是清单的摘要，请从出具方另行取得，不要取自本压缩包。"
        "前两步核对清单和清单所列的文件，脚本也在其中：没有核对过的脚本不要运行。",
        "Run this command in this folder; it needs only sha256sum, ssh-keygen and openssl. DIGEST is that of the manifest: get it from "
        "whoever issued the archive by another way, never out of the archive. The first two steps check the manifest and what it lists, "
        "the script among it: do not run a script that came along unchecked.",
    )
    yield paragraph(said)
    yield command(CHECK)
    yield paragraph(
        Text(
            "个人签的是各记录目录里的 signature-*.json，由 .sig 证明；同名 YAML 和 PDF 是本部门的存档和打印件，由清单固定。",
            "What people signed are the signature-*.json beside each record, proved by the .sig; the YAML and the PDF are the "
            "department's file and print of it, held fast by the manifest.",
        )
    )
    if sealed:
        yield paragraph(
            Text(
                "清单和每份 PDF 都盖有机构电子签章；DIGEST 可用根证书的指纹。",
                "The manifest and every PDF carry the organisation's seal; DIGEST may be the fingerprint of the root certificate.",
            )
        )
    else:
        yield paragraph(Text("本包未盖机构签章。", "This archive is not sealed."))


def _held_table(chosen: Sequence[RulingRevision]) -> str:
    heads = (_ID, _REVISION, _TITLE, Text("生效", "From"), Text("失效", "Until"), Text("凭据", "Receipts"), _FILES)
    rows = (
        (
            each.id,
            f"r{each.revision}",
            each.title,
            each.since.isoformat(),
            each.until.isoformat() if each.until else "",
            len(each.receipts),
            [PageLink("PDF", f"{each.stem}.pdf"), PageLink(each.source.rpartition(".")[2], each.source)],
        )
        for each in chosen
    )
    return table(heads, rows)


def _records(scope: Scope, filing: Filing) -> Iterable[str]:
    enclosed = [filed for filed in filing.records if filed.drawn]
    yield paragraph(
        Text(
            f"这段时间共 {len(filing.records)} 份，所附 {len(enclosed)} 份；全部名单见 records.csv。",
            f"{len(filing.records)} in the period, {len(enclosed)} enclosed; records.csv names all of them.",
        )
    )
    if scope.sample is not None:
        said = Text(
            "抽样：按“种子:记录号”的 SHA-256 排序，取最前的若干份，任何人可以重抽。种子：",
            "The sample: sorted by the SHA-256 of “seed:record”, the first ones are taken, so anybody can draw again. Seed:",
        )
        yield paragraph(said, scope.seed)
    if filing.unreadable:
        yield paragraph(Text("无法读取的文件：", "Files that cannot be read:"), " ".join(filing.unreadable))
    heads = (
        _ID,
        Text("表单", "Form"),
        _DAY,
        _STATE,
        Text("不符合", "Breaches"),
        Text("无效签名", "Bad signatures"),
        _FILES,
    )
    yield table(heads, map(_record_row, enclosed))


def _record_row(filed: Filed) -> tuple[Cell, ...]:
    place = f"{filed.folder}/{filed.name}"
    files = [PageLink("PDF", f"{place}.pdf"), PageLink("YAML", f"{place}.yaml")]
    breaches, bad = count(len(filed.breaches)), count(bad_signatures(filed))
    return filed.name, filed.form, filed.day.isoformat(), filed.state_words, breaches, bad, files


def _others() -> str:
    rows = (
        ([PageLink("matrix.html", "matrix.html"), PageLink("matrix.csv", "matrix.csv")], Text("条款与证据对照", "Clauses and their evidence")),
        ([PageLink("history/revisions.csv", "history/revisions.csv")], Text("版次历史", "History of revisions")),
        ([PageLink("history/steps.csv", "history/steps.csv")], Text("这段时间入库的每一步", "Every step that landed in the period")),
        ("receipts/", Text("审批凭据及其签名", "Receipts of approval with their signatures")),
        ("register/", Text("期末的人员、组织、日历、例外和设置", "People, organisation, calendar, waivers and settings at the end")),
        ("allowed_signers", Text("谁的哪把密钥何时有效", "Whose key counted when")),
        ("root.pem, time-roots.pem, revoked.yaml", Text("签章和时间戳的信任根、已吊销的签章（如有）", "Roots of seals and time stamps, revoked seals (if any)")),
        ([PageLink("provenance.json", "provenance.json")], Text("本包由什么生成", "What the archive was made from")),
    )  # fmt: skip
    return table((_FILES, Text("内容", "Content")), rows)
