"""The index: what earlier runs found of each record, believed only where everything it rests on is as it was."""

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath

from csdocs.load.approval.landings import LandedOneByOne
from csdocs.load.counted import Counted
from csdocs.load.holdings.parts import Alteration
from csdocs.load.holdings.tree import Tree
from csdocs.load.index.book import book_of
from csdocs.load.index.judged import Judged, asked_as, loaded
from csdocs.load.index.outcome import KnownState, utc
from csdocs.load.index.plain import loaded as plain_loaded
from csdocs.load.index.since import Since
from csdocs.load.lazily import Lazily
from csdocs.load.program import digest, judge_digest, zones_digest
from csdocs.load.record.asking import Question
from csdocs.load.record.basis import Grounds, measuring
from csdocs.load.rulebook.revision import Revision
from csdocs.load.workspace import Workspace
from csdocs.model.finding import Finding
from csdocs.model.listed import DueItem
from csdocs.model.place import ATTACHMENTS, QUERIES, is_stub
from csdocs.model.text import Text
from csdocs.parse.record import read_stub
from csdocs.store import disk, history
from csdocs.store.filling import write_book, write_owed
from csdocs.store.kept import Kept
from csdocs.store.lines import Lines
from csdocs.store.reading import UNREADABLE
from csdocs.store.schema import Names, create_indices, may_meet
from csdocs.store.scope import EVERY_FORM, NEWEST, asks_the_time, forms_named
from csdocs.store.state import TreeState
from csdocs.store.tables import AS_FOUND, Held, Said, read_said, read_state, write_states

RULE_BOOK = "rule book"  # no rule is called that


class KnownTree(Tree):
    """All records, while the index is being brought up to date."""

    def __init__(self, workspace: Workspace, kept: Kept, *, signatures: bool) -> None:
        super().__init__(workspace, kept.connection, signatures)
        self._kept = kept

    def failed_queries(self) -> list[tuple[str, Text]]:
        found: dict[str, Text] = {}
        for _, name, failure in sorted(self._kept.failures(), key=lambda each: disk.walking_order(each[0])):
            found.setdefault(f"{QUERIES}{name}.sql", Text(*json.loads(failure)))
        return [*found.items()]


class Known:
    """Held alone from the first look until `keep` or `drop`. It makes a run faster and never changes what it says."""

    def __init__(self, workspace: Workspace, kept: Kept, seen: TreeState, *, signatures: bool) -> None:
        """`seen`: what lies in the work tree."""
        self.workspace, self.kept, self._seen = workspace, kept, seen
        self._signatures = signatures
        self._now = utc(self.workspace.now)
        self._grounds = Grounds(self.workspace, signatures=signatures)
        self._alone: set[str] = set()  # of these it is known in which columns they say something else
        self.change = Alteration()
        self._base = self.kept.base()
        self._since = Since(workspace, kept, self._base, seen)
        self._changed = self._last_change()
        self.book = self._book_key()
        self.same_book = self._base is not None and self._base.book == self.book
        if self._base is not None and self.same_book:
            opened = dt.datetime.fromisoformat(self._base.opened) if self._base.opened else None
            workspace.know_revisions(Lazily(kept.revised(), self._revisions), opened)
        self.anew = self._is_fresh = self._base is None
        over = RULE_BOOK not in kept.parts(RULE_BOOK) or kept.parts_over(RULE_BOOK, self._now)
        self.judges_book = not self.same_book or bool(over)  # another day is another judge
        self.owes_otherwise = True
        self._newest = kept.newest()
        self._lines = Lines(kept.connection, workspace.forms)
        self.tree = KnownTree(workspace, kept, signatures=signatures)
        self._told = False
        self._reshaped: set[str] = set()

    def _book_key(self) -> str:
        """Everything by which records are judged besides their own files, and the history of it."""
        files = (f"{path} {disk.fingerprint(data)}" for path, data in sorted(self.workspace.files.items()))
        return digest(judge_digest(zones_digest()), self._changed, str(self._signatures), *files)

    def _last_change(self) -> str:
        """The last step that changed the rule book: by it and the files, whatever history says of them is determined."""
        root, base, head = self.workspace.root, self._base, self._seen.head
        if base is None or not self._since.goes_on:
            return history.last_change(root, head, disk.CONTROLLED_PATHS)
        later = "" if base.head == head else history.last_change(root, f"{base.head}..{head}", disk.CONTROLLED_PATHS)
        return later or base.changed

    def _revisions(self, path: str) -> tuple[Revision, ...]:
        rows = self.kept.revisions(path)
        return tuple(Revision(path, n, dt.date.fromisoformat(day), data, known) for n, day, data, known in rows)

    def __enter__(self) -> "Known":
        return self

    def __exit__(self, *_: object) -> None:
        self.workspace.know_landings(None)  # they were those of the index
        self.workspace.forget_revisions()
        self.kept.close()

    # what has to be judged

    def stale(self) -> Collection[str] | Counted[str]:
        """Record files to be judged, in the order in which the workspace is walked. What is gone is forgotten."""
        if self._is_fresh:
            self._landed_otherwise()
            return Counted(self._walk(), self.workspace.count_records)
        self.tell()
        found = {*self._landed_otherwise(), *self._turned(), *self.kept.expired(self._now)}
        if not self.same_book:
            found.update(self.kept.of_forms(self._reshaped), self._measured_otherwise())
        return sorted((path for path in found if self._is_there(path)), key=disk.walking_order)

    def tell(self) -> None:
        """Have the rule book in the tables before any record is taken. Where nothing was known, others may begin to judge before that."""
        if not self._told:
            self._told = True
            if not self.same_book:
                self._note_revisions()
            if self.judges_book:
                self._reshaped = write_book(self.kept.connection, book_of(self.workspace))

    def _note_revisions(self) -> None:
        found = (revision for all in self.workspace.revisions.values() for revision in all)
        self.kept.note_revisions((r.path, r.number, r.effective.isoformat(), r.data, r.known) for r in found)

    def _walk(self) -> Iterator[str]:
        """Everything, where nothing was known; other files are noted on the way."""
        self._since.walks = True
        for path in self.workspace.source.files_below(disk.RECORDS):
            if disk.is_record(path):
                yield path
            else:
                self._take_other(path)

    def _is_there(self, path: str) -> bool:
        """Whether there is a record; one that is gone is forgotten."""
        if disk.is_listed(self.workspace.root, path):
            return True
        self._since.read[path] = ""
        self._touch(path)
        self._lines.forget(path)
        self.kept.forget(path)
        return False

    def _turned(self) -> Iterator[str]:
        for path in self._since.candidates():
            if not path.startswith(f"{disk.RECORDS}/"):
                continue
            fingerprint = disk.fingerprint_of(self.workspace.root, path)
            if disk.is_record(path):
                known = self.kept.known(path)
                if known is None or known[0] != fingerprint or not fingerprint:
                    yield path
            else:
                self._take_other(path)
            yield from (record for record, then in self.kept.leaning(path) if then != fingerprint)

    def _take_other(self, path: str) -> None:
        """A file that is no record: an attachment, a stub, something left over."""
        there = disk.is_listed(self.workspace.root, path)
        before = self.kept.stub(path)
        stub = read_stub(self.workspace.read(path)) if there and is_stub(path) else None
        now = ((stub.record, stub.form) if stub else (None, None)) if there and is_stub(path) else None
        self.kept.note_other(path, stub=now, there=there)
        self.change.folders.add(path.rpartition("/")[0])
        if is_stub(path):
            self.change.stubs.add(path)
            for id, form in filter(None, (before, now)):
                if id and form:
                    self.change.ids.add(id)
                    self.change.turn(form)

    def _measured_otherwise(self) -> Iterator[str]:
        for one in self.kept.yardsticks():
            try:
                same = self._grounds.of(measuring(one.form, one.revision, one.day)) == one.digest
            except ValueError:
                same = False
            if not same:
                yield from self.kept.measured_by(one)

    # when files landed

    def _landed_otherwise(self) -> set[str]:
        """Record files that landed at another time than was known. What has only just landed is noted by its name."""
        root, base, head = self.workspace.root, self._base, self._seen.head
        if base is None or not self._since.goes_on:
            self.anew = True
            before = dict(self.kept.landings())
            self.kept.note_landings(history.landings(root, disk.RECORDS, head), anew=True)
            self._know_landings()
            if base is None:
                return set()
            now = dict(self.kept.landings())
            turned = (path for path in before.keys() | now.keys() if before.get(path) != now.get(path))
            return {path for path in turned if disk.is_record(path)}
        fresh = [*history.landings(root, disk.RECORDS, f"{base.head}..{head}")] if base.head != head else []
        self.kept.note_landings(fresh, anew=False)
        self._know_landings()
        self.change.names.update(row.name for row in map(self._lines.row, dict(fresh)) if row)
        return set()

    def _know_landings(self) -> None:
        self.workspace.know_landings(LandedOneByOne(self.kept.landed, self.kept.landings))

    # what was found

    def take(self, judged: Judged) -> None:
        path, verdict = judged.path, self._since.believed(judged)
        if self._is_fresh:
            self._lines.write(judged.rows)
            self._lines.write(verdict.rows)
            return
        self._since.read[path] = verdict.blob
        if not judged.rows:
            self.change.unread.add(PurePosixPath(path).stem)
        known, before = self.kept.known(path), self._lines.row(path)
        if known != (verdict.blob, verdict.mark) or (before and before.form in self._reshaped):
            turned = None if before and before.form in self._reshaped else self._lines.turned(path, judged.rows)
            if turned is not None:
                self._alone.add(path)
            self._touch(path, turned)
            self._lines.replace(path, judged.rows)
            self._touch(path, turned)
        self.kept.note_verdict(verdict)

    def answered(self, judged: Judged) -> None:
        """Findings that had to wait for other records."""
        known = self.kept.known(judged.path)
        assert known is not None
        self.kept.note_verdict(self._since.believed(judged)._replace(mark=known[1]))

    def _touch(self, path: str, names: Names = None) -> None:
        """Rules across records look again at whatever has to do with the record. `names`: of the columns in which it says something else."""
        row, change = self._lines.row(path), self.change
        if row is None:
            if self.kept.known(path) is not None:  # it could not be read before, or cannot be now
                change.unread.add(PurePosixPath(path).stem)
            return
        change.ids.add(row.record)
        change.names.add(row.name)
        change.turn(row.form, names)
        change.folders.add(f"{path.rpartition('/')[0]}/{row.record}{ATTACHMENTS}")
        change.targets.update(self._lines.targets(path))
        if row.series is not None:
            change.series.add(f"{row.form} {row.series}")

    def settle(self) -> None:
        """Say of every number that has to do with the change which file counts."""
        if self._is_fresh:
            self._lines.complete(self.tree.values_of)
            self.kept.complete()
        create_indices(self.kept.connection, filter(None, map(self.workspace.forms.get, self._reshaped)))
        for id in self.change.ids:
            family = self._lines.settle(id, self.tree.values_of)
            for member in family:
                if len(family) > 1 or member.path not in self._alone:
                    self.change.turn(member.form)
        if self._is_fresh:
            self.kept.measure()
        elif self.change.ids:
            self.kept.measure(filter(None, map(self.workspace.forms.get, self.change.forms)))
        if self.kept.newest() != self._newest:
            self.change.turn(NEWEST)

    def touched(self, rule: str, names: Callable[[str], Names]) -> set[str]:
        """Parts that read what has changed, and those that say something of files that have. `names`: of what a part reads."""
        found = self.kept.parts_about(rule, self._since.read)
        for form, turned in self.change.forms.items():
            reading = self.kept.parts_reading(rule, {form}) - found
            found.update(part for part in reading if may_meet(names(part), turned))
        return found

    # questions of records to all records

    def asking_again(self) -> list[str]:
        """Records that were not judged now and whose questions have other answers than they had."""
        asking = {path for name in self.kept.questions() for path in self._answered_otherwise(name)}
        otherwise = (path for path in asking - self._since.read.keys() if not self._same_answers(path))
        return sorted(otherwise, key=disk.walking_order)

    def _answered_otherwise(self, name: str) -> set[str]:
        """Records that may have another answer to a question."""
        sql = self.workspace.query(name)
        if not self.same_book or self.anew or asks_the_time(sql):
            return self.kept.asking(name)
        named = forms_named(sql)
        touched = not named.isdisjoint(self.change.forms) or (EVERY_FORM in named and self.change.forms)
        return self.kept.asking_about(name, self.change.ids) if touched else set()

    def _same_answers(self, path: str) -> bool:
        before = self.kept.asked(path)
        now = self.tree.answers([Question(*each[:3]) for each in before])
        return [*map(asked_as, now)] == before

    # all that is said

    def placed_before(self, findings: bytes | None, marks: bytes | None) -> dict[str, Finding]:
        """Findings by their marks, as far as their files are what they were."""
        if findings is None or marks is None:
            return {}
        found = zip(plain_loaded(marks), loaded([findings]), strict=True)
        return {mark: finding for mark, finding in found if self._is_as_it_was(finding.path)}

    def _is_as_it_was(self, path: str) -> bool:
        return path in self.workspace.files or (disk.is_record(path) and path not in self._since.read)

    def findings(self) -> list[Finding]:
        return loaded(body for _, body in self.kept.said())

    @cached_property
    def as_before(self) -> Said | None:
        """What the last run found, if all that is judged by now says the same."""
        if self.judges_book or self.anew or not self.kept.says_the_same():
            return None
        held = read_state(self.kept.connection, "here")
        if held is None or not held.since <= self._now < held.until:
            return None
        body = read_said(self.kept.connection, held.said)
        return Said(held.said, AS_FOUND, body) if body is not None else None

    @property
    def until(self) -> dt.datetime | None:
        """When time alone may change what is said."""
        end = self.kept.first_end()
        return dt.datetime.fromisoformat(end) if end else None

    def keep(
        self, owed: Iterable[DueItem] | None, held: Callable[[bool], Mapping[str, Held]], said: Iterable[Said]
    ) -> None:
        """For the next run. `owed`: None if it is as it was. `held`: to be kept for what lies here; it is told whether that is what HEAD
        has. `said`: what was found, unless that is kept already."""
        root, seen = self.workspace.root, self._seen
        if history.head(root) != seen.head:
            self.kept.drop()  # nobody can say by which history it was judged
            return
        strange = self._since.unsure()
        base, off = self._since.base(self.book, self._changed)
        self.kept.note_base(base, {*off, *strange})
        if owed is not None:
            write_owed(self.kept.connection, owed)
        settled = not strange and self._since.is_settled()
        states = held(settled and seen.as_committed and not base.staged)
        if not settled:  # it stands for what was judged, but for nothing that lies here
            states = {kind: each._replace(key="") for kind, each in states.items()}
        write_states(self.kept.connection, states, said)
        self.kept.commit()


def unreadable(tree: Tree) -> int:
    """How many record files no table of an index holds."""
    return int(tree.database.rows(UNREADABLE)[0][0])


def known(workspace: Workspace, known_state: KnownState, *, signatures: bool) -> Known | None:
    """None where git would take notice of the index, where somebody else is using it, and where nobody can say what lies here."""
    if known_state.state is None or not known_state.is_apart:
        return None
    connection = known_state.tables.begin()
    if connection is None:
        return None
    try:
        return Known(workspace, Kept(connection, known_state.judge), known_state.state, signatures=signatures)
    except BaseException:
        connection.close()
        raise
