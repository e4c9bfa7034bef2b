"""On a cluster of Dask, a real one on loopback: the same findings and bytes as here, or an error that says why not."""

import gc
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import dask
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from department import Department
from distributed import Client

from csdocs.check import whole as checking
from csdocs.check.whole import Judge, check
from csdocs.executor import at_work, cluster
from csdocs.executor.cluster import Cluster
from csdocs.executor.work import Executor
from csdocs.load.index.known import Judged
from csdocs.load.index.sight import sight
from csdocs.load.workspace import Workspace
from csdocs.model.error import CsdocsError
from csdocs.press import Job, Press, load_seal, many, print_many
from csdocs.press.sealing import Sealing, sealing_moment
from csdocs.render.pdf import MissingGlyph
from csdocs.render.verify import verify_pdf

ROOT = Path(__file__).resolve().parent.parent.parent


class Machines(NamedTuple):
    address: str
    scheduler: subprocess.Popen[bytes]
    workers: Sequence[subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A scheduler and two workers that talk TLS, on this machine alone."""
    folder = tmp_path_factory.mktemp("cluster")
    port = _free_port()
    address = f"tls://127.0.0.1:{port}"
    settings = _certificates(folder)
    variables = {f"DASK_{name.replace('.', '__').replace('-', '_').upper()}": value for name, value in settings.items()}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    alone = ("--host", "127.0.0.1", "--no-dashboard")
    told = (address, *alone, "--nthreads", "2", "--no-nanny", "--local-directory", str(folder))
    started = [_dask("scheduler", *alone, "--protocol", "tls", "--port", str(port), environment=environment)]
    started += [_dask("worker", *told, environment=environment) for _ in range(2)]
    with dask.config.set(settings):
        with Client(address, timeout=30, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=30)
        yield Machines(address, started[0], started[1:])
    stop(started)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _dask(*arguments: str, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-m", "dask", *arguments], env=environment, stdout=quiet, stderr=quiet)


def _certificates(folder: Path) -> dict[str, str]:
    """One certificate for all three, under the names that Dask reads."""
    import datetime as dt

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + dt.timedelta(1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "public.pem", folder / "private.pem"
    public.write_bytes(certificate.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    pair = (("cert", str(public)), ("key", str(private)))
    parts = {
        f"distributed.comm.tls.{who}.{what}": file for who in ("scheduler", "worker", "client") for what, file in pair
    }
    return {"distributed.comm.tls.ca-file": str(public), **parts}


@pytest.fixture(autouse=True)
def _little_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "LEAST_FOR_A_POOL", 1)
    monkeypatch.setattr(checking, "_CHUNK", 3)
    monkeypatch.setattr(many, "LEAST_FOR_A_POOL", 1)
    monkeypatch.setattr(many, "_CHUNK", 1)


@pytest.fixture
def spoilt(department: Department) -> Department:
    for path in sorted(department.root.glob("records/**/*.yaml"))[::3]:
        path.write_text(path.read_text("utf-8").replace("by: S", "by: X", 1), "utf-8")
    return department


def judged(department: Department, executor: Executor | None = None) -> Iterator[Judged]:
    workspace = department.workspace()
    with at_work(executor, 1) as crew:
        yield from crew.do_all(Judge(workspace, signatures=True, keeps=True), workspace.record_paths(), 3)


def test_same_as_here_though_a_worker_dies(machines: Machines, spoilt: Department, laid: Department) -> None:
    with Cluster(machines.address) as executor:
        here = list(judged(spoilt))
        assert sum(len(each.findings or ()) for each in here) > 10
        assert list(judged(spoilt, executor)) == here
        assert any(each.waiting for each in here)
        assert check(spoilt.workspace(), executor=executor).findings == check(spoilt.workspace()).findings
        _print_and_seal(laid, executor, during=lambda: machines.workers[0].send_signal(signal.SIGKILL))


def _print_and_seal(laid: Department, executor: Executor, during: Callable[[], None]) -> None:
    press = Press(laid.root, seal=True)
    counted = next(path for path in press.workspace.record_paths() if "/complaint-summary/" in path)
    blanks = (Job("blank", id) for id in ("F-COMPLAINT", "F-HANDOVER", "F-BACKUP", "F-UNIAPPLY"))
    jobs = [Job("record", counted), Job("document", "REG-HANDOVER"), *blanks]
    alone = list(print_many(press, jobs))
    sealing = Sealing(load_seal(press.workspace, None), "x", sealing_moment(press.workspace), "zh")
    sealed = []
    for rendition in print_many(Press(laid.root, seal=True), jobs, sealing, executor):
        if not sealed:
            during()
        sealed.append(rendition)
    assert [each.name for each in sealed] == [each.name for each in alone]
    assert all(each.data.startswith(base.data) for each, base in zip(sealed, alone, strict=True))
    assert verify_pdf(sealed[0].data, [(laid.root / "handbook/seal/root.pem").read_bytes()]).genuine


def test_what_was_not_begun_is_called_off(machines: Machines, spoilt: Department) -> None:
    with suppress(KeyboardInterrupt), Cluster(machines.address) as executor:
        for _ in judged(spoilt, executor):
            raise KeyboardInterrupt
    with Client(machines.address, set_as_default=False) as client:
        deadline = time.monotonic() + 5
        while _tasks(client) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert _tasks(client) == 0


def _tasks(client: Client) -> int:
    return int(client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)))


@pytest.mark.parametrize("joins_late", [False, True])
def test_who_sees_something_else_does_not_work(
    machines: Machines, spoilt: Department, monkeypatch: pytest.MonkeyPatch, joins_late: bool
) -> None:
    seen = sight(spoilt.workspace())
    path = next(spoilt.workspace().record_paths())
    spoilt.write(path, spoilt.read(path) + "# changed meanwhile\n")
    monkeypatch.setattr(checking, "sight", lambda workspace: seen)
    if joins_late:
        monkeypatch.setattr(cluster, "_require_same", lambda client, order: 1)
    refuse(machines.address, spoilt, r"worker tls://127\S+ differs .* in the files")
    if not joins_late:
        monkeypatch.setattr(checking, "sight", lambda workspace: {**sight(workspace), "csdocs": "9.9"})
        refuse(machines.address, spoilt, "in the version of csdocs")


def refuse(address: str, department: Department, said: str) -> CsdocsError:
    with pytest.raises(CsdocsError, match=said) as trouble, Cluster(address) as executor:
        list(judged(department, executor))
    return trouble.value


def test_a_clone_is_the_same_sight(spoilt: Department, tmp_path: Path) -> None:
    spoilt.commit("As it is")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(spoilt.root), str(clone)], check=True)
    assert sight(Workspace(clone)) == sight(spoilt.workspace())
    for file in clone.rglob("records/**/*.yaml"):
        os.utime(file, (0, 0))
    assert sight(Workspace(clone)) == sight(spoilt.workspace())
    (clone / "records" / "stray.txt").write_text("x")
    assert sight(Workspace(clone)) != sight(spoilt.workspace())


def test_a_process_stays_what_it_was_loaded_from(department: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers live on while the program is updated under them."""
    before = sight(department.workspace())
    monkeypatch.setattr("csdocs.load.index.sight.judge_digest", lambda: "updated")
    assert sight(department.workspace()) == before


def test_the_verb_reaches_the_cluster(machines: Machines, department: Department) -> None:
    here = department.run("render", "REG-HANDOVER", "F-BACKUP", "-o", "here")
    far = department.run("render", "REG-HANDOVER", "F-BACKUP", "-o", "far", "--executor", machines.address)
    assert (here.code, far.code) == (0, 0)
    for name in ("REG-HANDOVER.pdf", "F-BACKUP.pdf"):
        assert (department.root / "far" / name).read_bytes() == (department.root / "here" / name).read_bytes()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:9", "does not answer"),
        ("127.0.0.1:8786", "no address of a cluster"),
        ("tcp://127.0.0.1:99999", "no address of a cluster"),
    ],
)
def test_no_cluster(department: Department, address: str, said: str) -> None:
    refuse(address, department, said)


def test_no_certificates(department: Department) -> None:
    with dask.config.set({"distributed.comm.tls.ca-file": None}):
        refuse("tls://127.0.0.1:9", department, "no certificates")


def test_the_library_is_an_extra(department: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "csdocs[cluster]" in refuse("tcp://127.0.0.1:9", department, "needs dask").hint.en


def test_what_the_work_raises_is_raised_here(machines: Machines, department: Department) -> None:
    path = "handbook/regulations/REG-HANDOVER.md"
    department.write(path, department.read(path) + "\n\U0001f9ec\n")
    with pytest.raises(MissingGlyph, match=path), Cluster(machines.address) as executor:
        list(print_many(Press(department.root), [Job("document", "REG-HANDOVER")], executor=executor))


@pytest.mark.usefixtures("deserted")
@pytest.mark.filterwarnings("ignore:unclosed <ssl.SSLSocket:ResourceWarning")
def test_the_cluster_breaks_down(machines: Machines, department: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    """Last of all: first the workers leave, then the scheduler."""
    monkeypatch.setattr(cluster, "PATIENCE", 2.0)
    stop(machines.workers)
    refuse(machines.address, department, "no workers")
    monkeypatch.setattr(cluster, "_require_same", lambda client, order: stop([machines.scheduler]))
    refuse(machines.address, department, "does not answer")


@pytest.fixture
def deserted() -> Iterator[None]:
    """The library leaves its socket to a scheduler that vanished to the collector: it finds it here, not in a test to come."""
    yield
    gc.collect()


def stop(processes: Iterable[subprocess.Popen[bytes]]) -> int:
    for process in processes:
        process.kill()
        process.wait()
    return 1
