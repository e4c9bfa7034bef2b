"""On a Dask cluster: a scheduler, and workers that see the same workspace under the same path.

What travels are pickles, both ways: whoever is master of the scheduler or of a worker can run programs as the caller.
"""

import logging
import pickle
import pkgutil
import re
import socket
import threading
import time
import traceback
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from csdocs.executor.work import Made, Thing, Work, chunks_of
from csdocs.model.error import CsdocsError
from csdocs.model.text import COMMA, EMPTY, Text, same

if TYPE_CHECKING:
    from distributed import Client, Future

PATIENCE = 10.0  # seconds for a scheduler to answer, or a worker to be there
_GLANCE = 2.0  # seconds between two looks at whether anybody is still working
_AHEAD = 4  # chunks waiting for each worker, so that none is idle and few results wait here
_ADDRESS = re.compile(r"(tcp|tls)://(\[[0-9A-Fa-f:]+\]|[\w.-]+):([0-9]{1,5})")


class Cluster:
    """Connects when there is something to do, and belongs into a `with`: what was begun is called off at the end."""

    is_elsewhere = True

    def __init__(self, address: str) -> None:
        self._address = address
        self._client: Client | None = None
        self._work: object = None
        _place(address)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(Exception):  # the scheduler may be gone, and then there is nothing to leave behind
                client.run(_forget, on_error="ignore")
            with suppress(Exception):
                client.close(timeout=_GLANCE)

    def do_all(self, work: Work[Thing, Made], items: Iterable[Thing], chunk: int) -> Iterator[Made]:
        chunks = chunks_of(items, chunk)
        first = next(chunks, None)
        if first is None:
            return
        if self._client is None:
            self._client = _connect(self._address)
        if self._work is not work:
            self._work = work
            self._order = _Order(uuid4().hex, pickle.dumps(work), tuple(work.sight().items()))
        for answer in self._answers(self._client, self._order, chain((first,), chunks)):
            yield from _results(answer, self._order)

    def _answers(self, client: "Client", order: "_Order", chunks: Iterable[Sequence[Any]]) -> Iterator["_Answer"]:
        with _trouble_said(self._address):
            workers = _require_same(client, order)
            yield from _in_order(client, order, chunks, _AHEAD * workers)


class _Order(NamedTuple):
    """`sight` is what the caller sees: a worker that sees something else must not work."""

    id: str
    work: bytes
    sight: tuple[tuple[str, str], ...]


class _Done(NamedTuple):
    results: Sequence[Any]


class _Failed(NamedTuple):
    """What the work itself raised, apart from all that may happen to a cluster."""

    error: Exception


class _Refused(NamedTuple):
    worker: str
    seen: Mapping[str, str]


_Answer = _Done | _Failed | _Refused


# in the process of a worker

_one_at_a_time = threading.Lock()  # a worker may have threads, and judging and printing are not made for them


def _do(order: _Order, items: Sequence[Any]) -> _Answer:
    from distributed import get_worker

    with _one_at_a_time:
        try:
            work, seen = _taken(order)
            if seen != dict(order.sight):
                return _Refused(get_worker().address, seen)
            return _Done(work.do(items))
        except Exception as error:  # noqa: BLE001  # raised again where the work was asked for
            error.add_note(traceback.format_exc())
            return _Failed(error)


def _see(order: _Order) -> Mapping[str, str]:
    with _one_at_a_time:
        return _taken(order)[1]


@lru_cache(maxsize=1)
def _taken(order: _Order) -> tuple[Work[Any, Any], Mapping[str, str]]:
    """Once for each order in each process, also in one that joins late."""
    work: Work[Any, Any] = pickle.loads(order.work)  # noqa: S301  # Dask itself has unpickled this call
    return work, work.sight()


def _forget() -> None:
    _taken.cache_clear()


# in the process of the caller


def _place(address: str) -> tuple[str, int]:
    found = _ADDRESS.fullmatch(address)
    if found is None or int(found[3]) > 65_535:
        raise CsdocsError(
            Text(f"“{address}”不是集群地址", f"“{address}” is no address of a cluster"),
            Text("应如 tcp://主机:8786 或 tls://主机:8786", "it looks like tcp://HOST:8786 or tls://HOST:8786"),
        )
    return found[2].strip("[]"), int(found[3])


def _connect(address: str) -> "Client":
    try:
        from distributed import Client
        from distributed.security import Security
    except ImportError:
        raise CsdocsError(
            Text("使用集群需要 dask.distributed", "a cluster needs dask.distributed"),
            same("pip install 'csdocs[cluster]'"),
        ) from None
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is said once, and by us
    security = Security()  # certificates and keys as Dask's own settings name them
    if address.startswith("tls:") and security.get_connection_args("client")["ssl_context"] is None:
        raise CsdocsError(
            Text("没有设置 TLS 证书", "no certificates for TLS are set"),
            Text(
                "请设置 DASK_DISTRIBUTED__COMM__TLS__CA_FILE、…__CLIENT__CERT 和 …__CLIENT__KEY",
                "set DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …__CLIENT__CERT and …__CLIENT__KEY",
            ),
        )
    try:
        socket.create_connection(_place(address), PATIENCE).close()
        return Client(address, timeout=PATIENCE, security=security, set_as_default=False)
    except OSError as error:
        raise _silent(address, str(error)) from None


def _silent(address: str, reason: str) -> CsdocsError:
    return CsdocsError(
        Text(f"集群 {address} 没有应答：{reason}", f"the cluster {address} does not answer: {reason}"),
        Text(
            "启动调度器：dask scheduler；或去掉 --executor，在本机完成",
            "start a scheduler with dask scheduler, or leave --executor out to do the work on this machine",
        ),
    )


def _require_same(client: "Client", order: _Order) -> int:
    """The number of workers, each of which sees what the caller sees."""
    with suppress(TimeoutError):
        client.wait_for_workers(1, timeout=PATIENCE)
    versions = client.run(pkgutil.resolve_name, "csdocs:__version__", on_error="return")
    if not versions:
        raise _nobody()
    strangers = {worker: said for worker, said in versions.items() if isinstance(said, Exception)}
    for worker, said in strangers.items():
        raise CsdocsError(
            Text(f"工作进程 {worker} 中没有 csdocs：{said}", f"the worker {worker} has no csdocs: {said}"),
            Text("在每台机器上安装同一版本的 csdocs[cluster]", "install the same csdocs[cluster] on every machine"),
        )
    theirs = dict(order.sight)
    for worker, version in versions.items():
        if version != theirs["csdocs"]:
            raise _different(worker, {**theirs, "csdocs": version}, theirs)
    for worker, seen in client.run(_see, order, on_error="return").items():
        if isinstance(seen, Exception):
            raise _blind(worker, seen)
        if seen != theirs:
            raise _different(worker, seen, theirs)
    return len(versions)


def _nobody() -> CsdocsError:
    return CsdocsError(
        Text("集群中没有工作进程", "the cluster has no workers"),
        Text(
            "启动工作进程：dask worker 地址 --nthreads 1 --nworkers -1",
            "start some with dask worker ADDRESS --nthreads 1 --nworkers -1",
        ),
    )


def _blind(worker: str, error: Exception) -> CsdocsError:
    said = error.message if isinstance(error, CsdocsError) else same(repr(error))
    return CsdocsError(
        Text("工作进程 {worker} 打不开工作区：{said}", "the worker {worker} cannot open the workspace: {said}").format(
            worker=worker, said=said
        ),
        Text("工作区须以同一路径出现在每台机器上", "the workspace must be there under the same path on every machine"),
    )


_NAMES = {
    "csdocs": Text("csdocs 版本", "the version of csdocs"),
    "Python": Text("Python 版本", "the version of Python"),
    "program": Text("程序文件或所用的库", "the files of the program or its libraries"),
    "zones": Text("时区数据", "the time zones"),
    "commit": Text("提交", "the commit"),
    "files": Text("工作区中的文件", "the files of the workspace"),
    "press": Text("字体或排版所用的库", "the fonts or the libraries that print"),
}
_SHOWN = ("csdocs", "Python", "commit")


def _different(worker: str, seen: Mapping[str, str], ours: Mapping[str, str]) -> CsdocsError:
    names = [name for name in _NAMES if seen.get(name) != ours.get(name)]
    what = COMMA.join(EMPTY.join((_NAMES[name], _values(name, seen, ours))) for name in names)
    return CsdocsError(
        Text(
            "工作进程 {worker} 与本机不一致：{what}", "the worker {worker} differs from this machine in {what}"
        ).format(worker=worker, what=what),
        Text(
            "每台机器须有同一版本的程序和内容相同的工作区，升级后须重启工作进程；没有采用任何结果",
            "every machine needs the same program and a workspace with the same content; workers are started again after an update; no result was taken",
        ),
    )


def _values(name: str, seen: Mapping[str, str], ours: Mapping[str, str]) -> str:
    return f" ({seen.get(name, '')[:12]} ≠ {ours.get(name, '')[:12]})" if name in _SHOWN else ""


def _in_order(client: "Client", order: _Order, chunks: Iterable[Sequence[Any]], ahead: int) -> Iterator[_Answer]:
    """What comes of each chunk; one that was lost with its worker is done again by another."""
    left = iter(chunks)
    waiting: deque[Future[_Answer]] = deque()
    try:
        while True:
            waiting.extend(client.submit(_do, order, chunk, pure=False) for chunk in islice(left, ahead - len(waiting)))
            if not waiting:
                return
            answer = _await(client, waiting[0])
            waiting.popleft()
            yield answer
    finally:
        with suppress(Exception):
            client.cancel(list(waiting))


def _await(client: "Client", future: "Future[_Answer]") -> _Answer:
    deserted = None
    while True:
        try:
            return future.result(timeout=_GLANCE)
        except TimeoutError:
            deserted = _still_deserted(client, deserted)


def _still_deserted(client: "Client", since: float | None) -> float | None:
    """Since when there has been nobody to work; None while there is somebody."""
    workers, now = client.scheduler_info().get("workers"), time.monotonic()
    if workers:
        return None
    since = since or now
    if now - since <= PATIENCE:
        return since
    if workers is None:
        raise ConnectionError("connection lost")
    raise _nobody()


def _results(answer: _Answer, order: _Order) -> Sequence[Any]:
    match answer:
        case _Refused(worker, seen):
            raise _different(worker, seen, dict(order.sight))
        case _Failed(error):
            raise error
        case _Done(results):
            return results


@contextmanager
def _trouble_said(address: str) -> Iterator[None]:
    """In words, where it is the cluster's."""
    from distributed import KilledWorker
    from distributed.client import ClosedClientError

    try:
        yield
    except KilledWorker:
        raise CsdocsError(
            Text(
                "同一批任务接连使几个工作进程退出，可能是内存不足",
                "one batch brought several workers down; perhaps memory ran out",
            ),
            Text("减少每台机器上的工作进程", "start fewer workers on each machine"),
        ) from None
    except (OSError, RuntimeError, CancelledError, ClosedClientError) as error:
        raise _silent(address, str(error)) from None
