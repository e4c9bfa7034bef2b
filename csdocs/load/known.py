"""The index: what earlier runs found of each record, believed only where everything it rests on is as it was."""

import datetime as dt
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping

from csdocs.load.basis import Grounds, Yardstick
from csdocs.load.book import book_of
from csdocs.load.judged import Judged, line_of, loaded, mark_of, verdict_of
from csdocs.load.landings import Landings
from csdocs.load.outcome import Standing, utc
from csdocs.load.parts import Change
from csdocs.load.program import digest, judge_digest, zones_digest
from csdocs.load.tree import TabledTree, takes_over
from csdocs.load.workspace import QUERIES, Workspace
from csdocs.model.finding import Finding
from csdocs.model.listed import DueItem
from csdocs.model.place import is_stub
from csdocs.model.text import Text
from csdocs.model.workspace import CONFIG
from csdocs.parse.record import read_stub
from csdocs.store import disk, git
from csdocs.store.filling import Line, write_book, write_owed
from csdocs.store.kept import Asked, Base, Kept, Member
from csdocs.store.scope import NEWEST, asks_the_time, forms_named
from csdocs.store.state import LOOKED_AT, State, lies, settles, turned_since
from csdocs.store.tables import Held, forget_state, write_states

_BOOK = (CONFIG, *disk.CONTROLLED)
RULE_BOOK = "rule book"  # no rule is called that
_COARSE = 1  # seconds: clocks of file systems


class KnownTree(TabledTree):
    """All records, while the index is being brought up to date."""

    def __init__(self, workspace: Workspace, kept: Kept, *, signatures: bool) -> None:
        super().__init__(workspace, kept.connection, signatures=signatures)
        self._kept = kept

    def failed_queries(self) -> list[tuple[str, Text]]:
        found: dict[str, Text] = {}
        for _, name, failure in sorted(self._kept.failures(), key=lambda each: disk.walking_order(each[0])):
            found.setdefault(f"{QUERIES}{name}.sql", Text(*json.loads(failure)))
        return [*found.items()]


class Known:
    """Held alone from the first look until `keep` or `drop`. It makes a run faster and never changes what it says."""

    def __init__(self, workspace: Workspace, kept: Kept, seen: State, *, signatures: bool) -> None:
        """`seen`: what lies in the work tree."""
        self.workspace, self.kept, self._seen = workspace, kept, seen
        self._started = time.time()
        self._now = utc(self.workspace.now)
        self._grounds = Grounds(self.workspace, signatures=signatures)
        self._read: dict[str, str] = {}  # fingerprints of what this run has read
        self._strange: set[str] = set()  # changed while they were being read
        self._values: dict[str, str] = {}  # by number: the file whose values are in the tables
        self.change = Change()
        self._base = self.kept.base()
        self.book = self._book_key()
        self.same_book = self._base is not None and self._base.book == self.book
        self.anew = self._base is None
        over = RULE_BOOK not in kept.parts(RULE_BOOK) or kept.parts_over(RULE_BOOK, self._now)
        self.judges_book = not self.same_book or bool(over)  # another day is another judge
        self.owes_otherwise = True
        self._newest = kept.newest()
        self.tree = KnownTree(workspace, kept, signatures=signatures)
        self._reshaped: set[str] = set()
        self._walked = False

    def _book_key(self) -> str:
        """Everything by which records are judged besides their own files, and the history of it."""
        files = (f"{path} {disk.fingerprint(data)}" for path, data in sorted(self.workspace.files.items()))
        last = git.last_change(self.workspace.root, self._seen.head, _BOOK)
        return digest(judge_digest(zones_digest()), last, self._grounds.common, *files)

    def __enter__(self) -> "Known":
        return self

    def __exit__(self, *_: object) -> None:
        self.workspace.know_landings(None)  # they were those of the index
        self.kept.close()

    # what has to be judged

    def stale(self) -> list[str]:
        """Record files to be judged, in the order in which the workspace is walked. What is gone is forgotten."""
        if self.judges_book:
            self._reshaped = write_book(self.kept.connection, book_of(self.workspace))
        found = {*self._landed_otherwise(), *self._turned(), *self.kept.expired(self._now)}
        if not self.same_book:
            found.update(self.kept.of_forms(self._reshaped), self._measured_otherwise())
        return sorted((path for path in found if self._is_there(path)), key=disk.walking_order)

    def _is_there(self, path: str) -> bool:
        """Whether there is a record; one that is gone is forgotten."""
        if disk.is_listed(self.workspace.root, path):
            return True
        self._read[path] = ""
        before = self.kept.facts(path)
        self._touch(path)
        self.kept.forget(path)
        if before is not None:
            self._clear(before.form, before.record)
        return False

    def _turned(self) -> Iterator[str]:
        for path in self._candidates():
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

    def _candidates(self) -> set[str]:
        """Whatever may lie here otherwise than it was known."""
        root, base = self.workspace.root, self._base
        turned = turned_since(root, self._seen, base.head, base.moment) if base else None
        if turned is not None:
            return turned | self.kept.off()
        self._walked = True
        here = set(self.workspace.source.files_below(disk.RECORDS))
        return here | self.kept.paths() | self.kept.others() | self.kept.leaned_on()

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
            self.change.ids.update(each[0] for each in (before, now) if each and each[0])

    def _measured_otherwise(self) -> Iterator[str]:
        for one in self.kept.yardsticks():
            try:
                day = dt.date.fromisoformat(one.day)
                same = self._grounds.of(Yardstick(one.form, one.revision, day)) == one.digest
            except ValueError:
                same = False
            if not same:
                yield from self.kept.measured_by(one)

    # when files landed

    def _landed_otherwise(self) -> set[str]:
        """Record files that landed at another time than was known. What has only just landed is noted by its name."""
        root, base, head = self.workspace.root, self._base, self._seen.head
        if base is None or not git.steps_since(root, base.head, head):
            before, now = self.kept.landings(), git.landings(root, disk.RECORDS, head)
            self.kept.note_landings(now.items(), anew=True)
            self.anew = True
            self.workspace.know_landings(now)
            turned = (path for path in before.keys() | now.keys() if before.get(path) != now.get(path))
            return {path for path in turned if disk.is_record(path)}
        fresh = git.landings(root, disk.RECORDS, f"{base.head}..{head}") if base.head != head else {}
        self.kept.note_landings(fresh.items(), anew=False)
        self.workspace.know_landings(Landings(self.kept.landed, self.kept.landings))
        self.change.names.update(row.name for row in map(self.kept.facts, fresh) if row)
        return set()

    def prepare_for_others(self) -> None:
        """Other processes cannot ask the index."""
        self.workspace.know_landings(dict(self.workspace.landings))

    # what was found

    def take(self, path: str, judged: Judged) -> None:
        line = line_of(self.workspace, judged.summary, counts=True) if judged.summary else None
        mark = mark_of(line) if line else b""
        known, before = self.kept.known(path), self.kept.facts(path)
        self._read[path] = judged.fingerprint
        if known != (judged.fingerprint, mark) or (before and before.form in self._reshaped):
            self._touch(path)
            if before:
                self._clear(before.form, before.record)
            if known:
                self.kept.forget_line(path)
            if line:
                self._put_forward(path, line)
            self._touch(path)
        self._note(path, judged, mark)

    def answered(self, path: str, judged: Judged) -> None:
        """Findings that had to wait for other records."""
        known = self.kept.known(path)
        assert known is not None
        self._note(path, judged, known[1])

    def _note(self, path: str, judged: Judged, mark: bytes) -> None:
        files = judged.basis.files if judged.basis else ()
        changing = {file for file in files if disk.touched_since(self.workspace.root, file, self._started - _COARSE)}
        if changing:  # nobody can say which of two states was judged
            self._strange.update(changing, (path,))
            judged = judged._replace(basis=None)
        prints = {file: disk.fingerprint_of(self.workspace.root, file) for file in files}
        self.kept.note_verdict(verdict_of(path, judged, mark, self._grounds, prints))

    def _touch(self, path: str) -> None:
        """Rules across records look again at whatever has to do with the record."""
        row, change = self.kept.facts(path), self.change
        if row is None:
            return
        change.ids.add(row.record)
        change.names.add(row.name)
        change.forms.add(row.form)
        change.folders.add(f"{path.rpartition('/')[0]}/{row.record}.files")
        change.targets.update(self.kept.targets(path))
        if row.series is not None:
            change.series.add(f"{row.form} {row.series}")

    def _clear(self, form: str, record: str) -> None:
        self.kept.withdraw(record, self.workspace.forms.get(form))
        self._values[record] = ""

    def _put_forward(self, path: str, line: Line) -> None:
        """As if there were no other file of that number."""
        record, form = line.facts.record, line.facts.form
        if self.kept.family(record):
            self._clear(form, record)
        self.kept.note_line(line)
        self.kept.put_forward(path, record, self.workspace.forms.get(form), line.values)
        self._values[record] = path

    def settle(self) -> None:
        """Say of every number that has to do with the change which file counts."""
        self._settle()
        if self.change.ids:
            self.kept.measure()
        if self.kept.newest() != self._newest:
            self.change.forms.add(NEWEST)

    def _settle(self) -> None:
        for id in self.change.ids:
            family = self.kept.family(id)
            chosen: Member | None = None
            for member in family:
                if chosen is None or takes_over(_steps(member), member.state, _steps(chosen)):
                    chosen = member
            for member in family:
                self.kept.set_effective(member, member is chosen)
                self.change.forms.add(member.form)
            if chosen and self._values.get(id, chosen.path if chosen.effective else "") != chosen.path:
                self._clear(chosen.form, id)
                values = self.tree.values_of(chosen.path)
                self.kept.put_forward(chosen.path, id, self.workspace.forms.get(chosen.form), values)

    # questions of records to all records

    def asking_again(self) -> list[str]:
        """Records that were not judged now and whose questions have other answers than they had."""
        asking = self.kept.asking(filter(self._may_answer_otherwise, self.kept.questions())) - self._read.keys()
        return sorted((path for path in asking if not self._same_answers(path)), key=disk.walking_order)

    def _may_answer_otherwise(self, name: str) -> bool:
        sql = self.workspace.files.get(f"{QUERIES}{name}.sql", b"").decode("utf-8", "replace")
        named = forms_named(sql)
        touched = not named.isdisjoint(self.change.forms) or ("*" in named and bool(self.change.forms))
        return not self.same_book or self.anew or touched or asks_the_time(sql)

    def _same_answers(self, path: str) -> bool:
        return all(self._same_answer(each) for each in self.kept.asked(path))

    def _same_answer(self, asked: Asked) -> bool:
        now = self.tree.answer(asked.name, json.loads(asked.bound))
        return (json.dumps(now.value), now.failure and json.dumps(now.failure)) == (asked.value, asked.failure)

    # all that is said

    def findings(self) -> list[Finding]:
        return loaded(body for _, body in self.kept.said())

    @property
    def until(self) -> dt.datetime | None:
        """When time alone may change what is said."""
        end = self.kept.first_end()
        return dt.datetime.fromisoformat(end) if end else None

    def keep(self, owed: Iterable[DueItem] | None, held: Callable[[bool], Mapping[str, Held]]) -> None:
        """For the next run. `owed`: None if it is as it was. `held`: what is kept of a state that was not disturbed; it is told
        whether that is what HEAD has."""
        root, seen = self.workspace.root, self._seen
        if git.head(root) != seen.head:
            self.kept.drop()  # nobody can say by which history it was judged
            return
        lay = lies(root, seen, self._read)
        otherwise = {path for path, found in self._read.items() if lay.get(path, "") != found}
        staged = git.staged_since(root, seen.head, LOOKED_AT)
        off = {*seen.differing, *staged, *otherwise, *self._strange}
        self.kept.note_base(Base(seen.head, self._started - _COARSE, self.book), off)
        if owed is not None:
            write_owed(self.kept.connection, owed)
        forget_state(self.kept.connection, "here")
        if not otherwise and not self._strange and self._is_settled():
            write_states(self.kept.connection, held(seen.as_committed and not staged))
        self.kept.commit()

    def _is_settled(self) -> bool:
        """Whether all that was read lay here when `seen` was seen."""
        root, files = self.workspace.root, self.workspace.files
        if self._walked or self.kept.has_stubs():
            return settles(root, self._seen)
        return lies(root, self._seen, files) == {path: disk.fingerprint(data) for path, data in files.items()}


def _steps(member: Member) -> frozenset[str]:
    return frozenset(member.done.split())


def known(workspace: Workspace, standing: Standing, *, signatures: bool) -> Known | None:
    """None where git would take notice of the index, where somebody else is using it, and where nobody can say what lies here."""
    if standing.state is None or not git.is_ignored(workspace.root, standing.file):
        return None
    connection = standing.tables.begin()
    if connection is None:
        return None
    try:
        return Known(workspace, Kept(connection, standing.judge), standing.state, signatures=signatures)
    except BaseException:
        connection.close()
        raise
