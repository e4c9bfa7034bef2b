"""What one rendition may take: neither a template that runs away nor a record without end may stop the press or fill the machine."""

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text

MAX_CHARACTERS = 32 * 1024 * 1024
"""Of a page before layout: ten times the manual with every form."""
MAX_PAGES = 5_000
MAX_SECONDS = 1_200.0
"""Of computing, not of waiting: a busy machine is no reason to give up."""
MAX_MEMORY = 6 * 1024**3
"""Beyond what the process holds when it begins."""

MAX_WORD = 50_000
"""Letters without a gap; Pango loses a line whose width overflows, and takes long for much shorter ones."""

_UNBROKEN = re.compile(f"(?<![!-~])[!-~]{{{MAX_WORD},}}")
_AGAIN_SECONDS = 1.0
_HINT = Text("检查打印模板是否失控，或把内容分成几份", "look for a template that runs away, or divide the content")


class TooMuch(CsdocsError):
    """A rendition asked for more than any of ours needs."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(Text(zh, en), _HINT)
        self._words = (zh, en)

    def __reduce__(self) -> tuple[type["TooMuch"], tuple[str, str]]:
        return type(self), self._words


class _OutOfTime(BaseException):
    """No `Exception`: nothing between here and the place that is waiting for it may take it for its own."""


@contextmanager
def bounded() -> Iterator[None]:
    """Raises TooMuch where the body takes too long or too much memory; asked again inside, it changes nothing.

    Signals reach the main thread alone, so there is no bound of time in another one, nor where a system has no such clock.
    """
    try:
        with _time(), _memory():
            yield
    except _OutOfTime:
        minutes = round(MAX_SECONDS / 60)
        raise TooMuch(f"打印超过 {minutes} 分钟，已停止", f"stopped after {minutes} minutes of printing") from None
    except MemoryError:
        raise TooMuch("打印所需内存过大，已停止", "stopped: printing it needs too much memory") from None


def require_modest_page(html: str) -> str:
    if len(html) > MAX_CHARACTERS:
        limit = MAX_CHARACTERS >> 20
        raise TooMuch(f"要打印的内容超过 {limit} 百万字符", f"there are more than {limit} million characters to print")
    if len(html) > MAX_WORD and any(_UNBROKEN.search(part) for part in html.split() if len(part) > MAX_WORD):
        raise TooMuch(
            f"一个词超过 {MAX_WORD} 个字符，排不下", f"a word of more than {MAX_WORD} characters cannot be set"
        )
    return html


def require_modest_length(pages: int) -> None:
    if pages > MAX_PAGES:
        raise TooMuch(f"打印出 {pages} 页，超过 {MAX_PAGES} 页", f"it has {pages} pages; {MAX_PAGES} are the limit")


@contextmanager
def _time() -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGPROF)
    if before is _ring:
        yield
        return
    signal.signal(signal.SIGPROF, _ring)
    # Rings again: Python drops an exception that is raised while an object is being finalised.
    signal.setitimer(signal.ITIMER_PROF, MAX_SECONDS, _AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _ring(number: int, frame: Any) -> None:
    raise _OutOfTime


@contextmanager
def _memory() -> Iterator[None]:
    """By the address space, which is what a system lets a process bound."""
    size = _size() if resource is not None else None
    if size is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = size + MAX_MEMORY
    limits = [wanted, *(each for each in (soft, hard) if each != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_AS, (min(limits), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _size() -> int | None:
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return None
    return pages * int(resource.getpagesize())
