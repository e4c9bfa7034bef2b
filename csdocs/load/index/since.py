"""What has become of the work tree since the last run, as git tells it, and while this one reads it."""

import time
from collections.abc import Collection, Iterator
from functools import cached_property

from csdocs.load.index.judged import Judged
from csdocs.load.workspace import Workspace
from csdocs.store import disk, history, worktree
from csdocs.store.kept import Base, Kept, KeptVerdict
from csdocs.store.staged import Staged
from csdocs.store.state import TreeState, Turned, lies, otherwise, settles, turned_since

_COARSE = 1  # seconds: clocks of file systems


class Since:
    """`read`: fingerprints of what this run has read, unless it reads everything. `walks`: whether it looks for files itself."""

    def __init__(self, workspace: Workspace, kept: Kept, base: Base | None, seen: TreeState) -> None:
        """`base`: of the last run; None where there was none. `seen`: what lies in the work tree."""
        self._workspace, self._kept, self._base, self._seen = workspace, kept, base, seen
        self._started = time.time()
        self.read: dict[str, str] = {}
        self.walks = False
        self._strange: set[str] = set()  # changed while they were being read

    @cached_property
    def goes_on(self) -> bool:
        """Whether history goes on from where the last run stood."""
        base = self._base
        return base is not None and history.steps_since(self._workspace.root, base.head, self._seen.head)

    def candidates(self) -> set[str]:
        """Whatever may lie here otherwise than it was known."""
        if self._git_says is not None:
            return {*self._git_says.paths, *self._kept.off()}
        self.walks = True
        here = set(self._workspace.source.files_below(disk.RECORDS))
        return here | self._kept.paths() | self._kept.others() | self._kept.leaned_on()

    @cached_property
    def _git_says(self) -> Turned | None:
        """What may lie here otherwise than the commit of the last run had it; None if nobody knows, or there was no run."""
        base, seen = self._base, self._seen
        if base is None:
            return None
        if (base.head, base.git_index) == (seen.head, seen.git_index and seen.git_index[1]):
            return Turned(frozenset((*seen.differing, *self._kept.off())), bool(base.staged))
        return turned_since(self._workspace.root, seen, base.head, self._staged)

    @cached_property
    def _staged(self) -> Staged | None:
        return self._seen.staged(self._base.moment if self._base else self._started - _COARSE)

    def believed(self, judged: Judged) -> KeptVerdict:
        """As far as the files that were looked at are what they were before."""
        verdict, root = judged.verdict, self._workspace.root
        assert verdict is not None
        changing = {file for file, _ in verdict.files if disk.touched_since(root, file, self._started - _COARSE)}
        if not changing:
            return verdict
        self._strange.update(changing, (verdict.path,))  # nobody can say which of two states was judged
        return verdict._replace(since=None, until=None, yardsticks=())

    # for the next run

    def base(self, book: str, changed: str) -> tuple[Base, Collection[str]]:
        """With the paths that may lie here otherwise than the commit has them."""
        root, seen, opened = self._workspace.root, self._seen, self._workspace.opened
        same_head = self._base is not None and self._base.head == seen.head
        turned = self._git_says if same_head else turned_since(root, seen, seen.head, self._staged)
        base = Base(
            seen.head, self._started - _COARSE, book, changed, opened.isoformat() if opened else "", "", staged=False
        )
        if turned is not None and seen.git_index is not None:
            return base._replace(git_index=seen.git_index[1], staged=turned.staged), turned.paths
        other = worktree.staged_since(root, seen.head, disk.GUARDED)
        return base._replace(staged=bool(other)), {*seen.differing, *other}

    def unsure(self) -> set[str]:
        """Files of which nobody can say what was judged."""
        return {*self._read_otherwise(), *self._strange}

    def _read_otherwise(self) -> Iterator[str]:
        """Files of which other bytes were read than lay here in the beginning."""
        root, seen = self._workspace.root, self._seen
        if self._base is None:
            yield from otherwise(root, seen, disk.RECORDS, self._kept.fingerprints())
        else:
            yield from (path for path, found in self.read.items() if self._lay.get(path, "") != found)

    def is_settled(self) -> bool:
        """Whether all that was read lay here when `seen` was seen."""
        if self.walks or self._kept.has_stubs():
            return settles(self._workspace.root, self._seen)
        return all(self._lay.get(path) == disk.fingerprint(data) for path, data in self._workspace.files.items())

    @cached_property
    def _lay(self) -> dict[str, str]:
        """Fingerprints of what this run has read, as it lay here in the beginning."""
        return lies(self._workspace.root, self._seen, {*self._workspace.files, *self.read})
