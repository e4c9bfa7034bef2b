"""Stories as files: every state that a record had at the end of a day, each step prepared as `csdocs sign` would."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from benchmarks.story import Scribe, Signing, Stage, Story, text_of
from csdocs.load.record.case import RecordCase
from csdocs.load.workspace import Workspace
from csdocs.model.error import CsdocsError
from csdocs.model.record import RECORD_NAMESPACE, Record, Signature
from csdocs.parse.record import ParsedRecord
from csdocs.prepare.signing import SigningRequest, prepare_signature
from csdocs.trust.demo import demo_key
from csdocs.trust.payload import digest, record_payload
from csdocs.trust.ssh import sign_with_key

UNSIGNED = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----"


class Landing(NamedTuple):
    """A file as it reaches the repository at the end of a day."""

    day: dt.date
    path: str
    data: bytes


class Clerk(Scribe):
    """Without `signed` the seals of letters are left out: quicker, for checks that do not look at them."""

    def __init__(self, workspace: Workspace, *, signed: bool, until: dt.date) -> None:
        super().__init__(workspace)
        self.signed, self.until = signed, until

    def landings(self, story: Story) -> Iterator[Landing]:
        """States at the end of each day on which somebody signed, up to the last day."""
        path = self.path(story)
        signatures: list[Signature] = []
        previous: list[str] = []
        stages = [*self.stages(story)]
        for stage, following in zip(stages, [*stages[1:], None], strict=True):
            signatures.append(self._seal(stage, previous))
            day = stage.signing.at.date()
            if following is None or following.signing.at.date() != day:
                yield Landing(day, path, text_of(stage.record, signatures))
        if stages:
            folder = f"{path.rpartition('/')[0]}/{story.id}.files"
            for name, data in story.files.items():
                yield Landing(stages[0].signing.at.date(), f"{folder}/{name}", data)

    def _seal(self, stage: Stage, previous: list[str]) -> Signature:
        if not self.signed:
            return stage.draft._replace(signature=UNSIGNED)
        payload = record_payload(self.workspace.settings.workspace, stage.record, stage.draft, previous)
        previous.append(digest(payload))
        key = demo_key(stage.signing.by)
        return stage.draft._replace(signature=sign_with_key(payload, key, RECORD_NAMESPACE))

    def stages(self, story: Story) -> Iterator[Stage]:
        form, _ = self._form(story.form)
        path = self.path(story)
        data: dict[str, Any] = {}
        drafts: list[Signature] = []
        for signing in story.signings:
            if signing.at.date() > self.until:
                return
            for field, value in signing.filled.items():
                data[field] = [*data.get(field, ()), *value] if field in form.append_only else value
            record = self._record(story, data)._replace(signatures=tuple(drafts))
            case = self._case(path, record, story, signing.at)
            draft = _prepared(case, signing)
            drafts.append(draft)
            yield Stage(record._replace(signatures=()), signing, draft)

    def _case(self, path: str, record: Record, story: Story, now: dt.datetime) -> RecordCase:
        """The half-finished record before its form, without the way through a file."""
        answers = story.answers
        case = RecordCase(
            self.workspace, path, b"", signatures=False, query=lambda name, *_: answers.get(name), now=now
        )
        case.__dict__["parsed"] = ParsedRecord(record, ())
        return case


def _prepared(case: RecordCase, signing: Signing) -> Signature:
    try:
        return prepare_signature(case, SigningRequest(signing.step, signing.by, signing.at, row=signing.row))
    except CsdocsError as error:
        raise ValueError(f"{case.record.id}: {error.message.en}; {error.hint.en if error.hint else ''}") from error
