"""The evidence of a period as files, and as one zip: the same inputs give the same bytes, but for the seals."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

from csdocs import __version__
from csdocs.model.moment import end_of
from csdocs.model.text import Language, Text
from csdocs.pack import control, filing, index, script
from csdocs.pack.matrix import matrix
from csdocs.pack.scope import File, Filed, RulingRevision, Scope, require_known
from csdocs.press import Press, Rendition
from csdocs.press.sealing import Sealing
from csdocs.render.detached import seal_bytes, seal_of, stamp_of
from csdocs.render.seal import time_stamp
from csdocs.store import disk, history

Watch = Callable[[Iterable[Filed]], Iterable[Filed]]
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16


def lay_out(
    root: Path, scope: Scope, language: Language, sealing: Sealing | None = None, watch: Watch = iter
) -> list[File]:
    """Everything that goes in, sorted; read from the commit at the tip of the branch, never from the work tree."""
    return _Layout(root, scope, language, sealing).files(watch)


def zip_bytes(files: Sequence[File]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path, data in files:
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.create_system, entry.external_attr = 3, _PLAIN_FILE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def manifest_digest(files: Iterable[File]) -> str:
    return next(sha256(data).hexdigest() for path, data in files if path == script.MANIFEST)


class _Layout:
    def __init__(self, root: Path, scope: Scope, language: Language, sealing: Sealing | None) -> None:
        self.root, self.scope, self.language, self.sealing = root, scope, language, sealing
        tip = history.resolve(root, "HEAD")
        self.press = Press(root, commit=tip, language=language, seal=sealing is not None)
        self.workspace = self.press.workspace
        self.presses: dict[tuple[str, dt.datetime | None], Press] = {(tip, None): self.press}
        self.seals: list[str] = []
        self.stamps: list[str] = []

    def files(self, watch: Watch) -> list[File]:
        found = [*self._content(watch), self._provenance(), File("verify.sh", script.SCRIPT)]
        found.append(File(script.SEALS, "".join(sorted(self.seals)).encode()))
        found.append(File(script.STAMPS, "".join(sorted(self.stamps)).encode()))
        found.sort()
        listed = "".join(f"{sha256(data).hexdigest()}  {path}\n" for path, data in found).encode()
        found.append(File(script.MANIFEST, listed))
        if self.sealing is not None:
            seal = seal_bytes(listed, self.sealing.sealer)
            found.append(File(script.MANIFEST_SEAL, seal))
            if self.sealing.tsa_url:
                found.append(File(script.MANIFEST_STAMP, time_stamp(seal, self.sealing.tsa_url)))
        return sorted(found)

    def _content(self, watch: Watch) -> Iterator[File]:
        chosen, forms = self._chosen()
        filed = filing.filing(self.press, self.scope, forms)
        yield from self._controlled(chosen)
        for each in watch([each for each in filed.records if each.drawn]):
            yield from filing.record_files(self.press, each)
            yield from self._printed(f"{each.folder}/{each.name}.pdf", partial(self.press.record, each.case.path))
        yield from self._approvals(chosen, filed)
        yield from self._pages(chosen, filed, forms)

    def _chosen(self) -> tuple[tuple[RulingRevision, ...], frozenset[str]]:
        every = control.held(self.workspace, self.scope)
        require_known(self.scope, (each.id for each in every))
        forms = control.concerned(list(self.workspace.forms.values()), self.scope, self.workspace)
        wanted = self.scope.regulations
        chosen = [e for e in every if (e.id in forms if e.kind == "forms" else not wanted or e.id in wanted)]
        return tuple(chosen), forms

    def _controlled(self, chosen: Sequence[RulingRevision]) -> Iterator[File]:
        for each in chosen:
            yield File(each.source, each.data)
            press = self._press(each)
            make = press.document if each.kind == "documents" else press.blank
            yield from self._printed(f"{each.stem}.pdf", partial(make, each.id))
        yield from control.register_files(self.workspace, self.scope)
        yield from control.seal_files(self.workspace)

    def _press(self, each: RulingRevision) -> Press:
        """On the last day of the period on which the revision was in force: there it is no longer pending, and not yet superseded."""
        zone, now = self.workspace.settings.zone, self.workspace.now
        last = self.scope.last if each.until is None else min(self.scope.last, each.until - dt.timedelta(days=1))
        moment = min(end_of(last, zone), now)
        key = (each.commit, moment if each.receipts else None)
        if key not in self.presses:
            sealed = self.sealing is not None
            self.presses[key] = Press(self.root, as_of=key[1], commit=each.commit, language=self.language, seal=sealed)
        return self.presses[key]

    def _printed(self, path: str, make: Callable[[], Rendition]) -> Iterator[File]:
        rendition = make()
        if self.sealing is None:
            yield File(path, rendition.data)
            return
        data = self.sealing.apply(rendition.data, rendition.title)
        seal = seal_of(data)
        if stamp := stamp_of(seal.container):
            self.stamps.append(f"{path} {' '.join(map(str, stamp))}\n")
        self.seals.append(f"{path} {seal.length} {seal.second} {seal.rest}\n")
        yield File(path, data)
        yield File(f"{path}.p7s", seal.container)

    def _approvals(self, chosen: Sequence[RulingRevision], filed: filing.Filing) -> Iterator[File]:
        receipts = control.receipts_about(self.workspace, chosen)
        if receipts:
            yield from control.receipt_files(self.workspace.ledger, receipts)
        signed = [each for f in filed.records if f.drawn for each in filing.record_signatures(f)]
        yield script.signature_list([*control.receipt_signatures(receipts), *signed])
        yield script.approval_list(chosen, ((v.path, control.receipt_place(v.path)) for v in receipts))
        yield File(script.SIGNERS, control.allowed_signers(self.workspace, receipts))

    def _pages(self, chosen: Sequence[RulingRevision], filed: filing.Filing, forms: frozenset[str]) -> Iterator[File]:
        own = [form for id, form in sorted(self.workspace.forms.items()) if id in forms]
        rows = matrix(chosen, own, filed.records, self.press.tree, self.scope)
        organisation = self.workspace.settings.organisation
        title = Text("{name}：审计证据包", "{name}: evidence for audit").format(name=organisation)
        heading = Text("条款与证据对照", "Clauses and their evidence")
        yield from index.matrix_files(rows, heading, self.language)
        yield index.records_csv(filed)
        yield index.revisions_csv(self.workspace, chosen)
        yield self._steps()
        commit, sealed = self.workspace.source.tip, self.sealing is not None
        yield index.index_html(title, self.language, self.scope, commit, chosen, filed, sealed=sealed)

    def _steps(self) -> File:
        """Every step of the main line in the period; authors are claims."""
        zone = self.workspace.settings.zone
        commits = history.first_parent_log(self.root, self.workspace.source.tip, *disk.GUARDED)
        heads = ("提交 commit", "时间 time", "作者（自称） author (claimed)", "文件 path")
        rows = (
            (commit.id, moment.isoformat(), commit.author, change.path)
            for commit in commits
            if self.scope.has((moment := history.moment(commit.time, zone)).date())
            for change in commit.changes
        )
        return index.csv_file("history/steps.csv", heads, rows)

    def _provenance(self) -> File:
        facts = {
            "csdocs": __version__,
            "workspace": self.workspace.settings.workspace,
            "commit": self.workspace.source.tip,
            "from": self.scope.first.isoformat(),
            "to": self.scope.last.isoformat(),
            "regulations": list(self.scope.regulations),
            "sample": self.scope.sample,
            "seed": self.scope.seed,
            "language": self.language,
            "sealed": self.sealing is not None,
            "stamped": self.sealing is not None and self.sealing.tsa_url is not None,
        }
        return File("provenance.json", (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode())
