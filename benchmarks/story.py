"""A record as it came about, and its file: what `csdocs new` and `csdocs sign` would have written, many times faster."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from csdocs.load.workspace import Workspace
from csdocs.model.field import RowsField
from csdocs.model.form import Form, Step
from csdocs.model.record import NO_ROW, RECORD_NAMESPACE, Record, Signature
from csdocs.model.spelling import spell
from csdocs.parse.emit import emit, emit_item
from csdocs.store import disk
from csdocs.trust.demo import demo_key
from csdocs.trust.payload import digest, record_payload
from csdocs.trust.ssh import sign_with_key


class Signing(NamedTuple):
    """One step: what was filled in before it (rows are added to those that are there), then who signed when.

    `computed` are the computed values the signer saw, `row` the key of the one row that was initialled.
    """

    step: str
    by: str
    at: dt.datetime
    filled: Mapping[str, Any]
    computed: Mapping[str, str] | None = None
    row: str | None = None


class Story(NamedTuple):
    """A record from its creation to its last signature; `answers` are the values of its queries, `files` its attachments."""

    form: str
    id: str
    day: dt.date
    created_by: str
    created_at: dt.datetime
    signings: Sequence[Signing]
    answers: Mapping[str, Any] = {}
    files: Mapping[str, bytes] = {}


class Stage(NamedTuple):
    """The record just before a signature, and that signature without its seal of letters."""

    record: Record
    signing: Signing
    draft: Signature


class Scribe:
    """Writes stories down in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._form = cache(self._read_form)
        self._covers = cache(self._list_covered)

    def path(self, story: Story) -> str:
        form = self._form(story.form)[0]
        folder = story.day.strftime("%Y/%m/%d" if form.layout == "day" else "%Y/%m")
        return f"{disk.RECORDS}/{form.directory}/{folder}/{story.id}.yaml"

    def write(self, story: Story) -> bytes:
        """The finished file."""
        signed: list[Signature] = []
        previous: list[str] = []
        record = None
        for record, signing, draft in self.stages(story):
            payload = record_payload(self.workspace.settings.workspace, record, draft, previous)
            previous.append(digest(payload))
            signed.append(draft._replace(signature=sign_with_key(payload, demo_key(signing.by), RECORD_NAMESPACE)))
        assert record is not None
        return text_of(record, signed)

    def stages(self, story: Story) -> Iterator[Stage]:
        form, _ = self._form(story.form)
        data: dict[str, Any] = {}
        done: tuple[str, ...] = ()
        for signing in story.signings:
            for field, value in signing.filled.items():
                data[field] = [*data.get(field, ()), *value] if field in form.append_only else value
            done = (*done, signing.step)
            yield Stage(self._record(story, data), signing, self._draft(form, done, signing, data))

    def _record(self, story: Story, data: Mapping[str, Any]) -> Record:
        form = self._form(story.form)[0]
        unit = self._tenure(story.created_by, story.created_at).department
        return Record("", story.id, form.id, form.revision, unit, story.created_by, spell(story.created_at), dict(data))

    def _draft(self, form: Form, done: tuple[str, ...], signing: Signing, data: Mapping[str, Any]) -> Signature:
        step = form.step_by_id[signing.step]
        assert step.attests is not None
        covers = self._covers(form.id, frozenset(done))
        return Signature(
            step=step.id,
            decision="sign",
            by=signing.by,
            post=self._tenure(signing.by, signing.at).post,
            at=spell(signing.at),
            form_sha256=self._form(form.id)[1],
            attests=step.attests.zh,
            covers=covers,
            signature="",
            row={step.per or "": {_key(form, step.per or ""): signing.row}} if signing.row else None,
            rows_to=_rows_to(form, step, covers, data) or None,
            computed=signing.computed,
        )

    def _tenure(self, staff_no: str, at: dt.datetime) -> Any:
        return self.workspace.register.person[staff_no].tenures(at.date())[0]

    def _read_form(self, id: str) -> tuple[Form, str]:
        form = self.workspace.forms[id]
        found = self.workspace.form_revision(id, form.revision)
        assert found is not None
        return form, found[1].sha256

    def _list_covered(self, id: str, done: frozenset[str]) -> dict[str, list[str]]:
        form = self._form(id)[0]
        ids = {form.step_by_id[step].section for step in done}
        sections = [section for section in form.sections if section.id in ids]
        return {s.id: [f.id for f in form.section_fields(s) if not f.is_computed] for s in sections}


def _rows_to(
    form: Form, step: Step, covers: Mapping[str, list[str]], data: Mapping[str, Any]
) -> dict[str, Mapping[str, str]]:
    fields = {id for ids in covers.values() for id in ids}
    return {
        id: {_key(form, id): data[id][-1][_key(form, id)] if data.get(id) else NO_ROW}
        for id in sorted(form.append_only & fields)
        if step.per != id
    }


def _key(form: Form, rows: str) -> str:
    field = form.fields[rows]
    assert isinstance(field, RowsField) and field.key is not None
    return field.key


def text_of(record: Record, signatures: Sequence[Signature]) -> bytes:
    head = {
        "record": record.id,
        "form": record.form,
        "form_revision": str(record.form_revision),
        "org_unit": record.org_unit,
        "created_by": record.created_by,
        "created_at": record.created_at,
        "data": record.data,
    }
    entries = ({key: value for key, value in s._asdict().items() if value not in (None, {}, "")} for s in signatures)
    items = "".join(map(emit_item, entries))
    return (emit(head) + ("signatures:\n" + items if items else "")).encode()
