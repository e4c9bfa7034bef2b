"""Printing on all cores gives what one process gives."""

import pytest
from department import Department

from csdocs.press import Job, Press, load_seal, many, print_many
from csdocs.press.sealing import Sealing, sealing_moment
from csdocs.render.pdf import MissingGlyph
from csdocs.render.verify import verify_pdf


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})


def test_processes_print_what_one_prints_in_the_order_asked(laid: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    press = Press(laid.root, seal=True)
    counted = next(path for path in press.workspace.record_paths() if "/complaint-summary/" in path)
    jobs = [Job("document", "REG-HANDOVER"), Job("record", counted), Job("blank", "F-COMPLAINT")]
    alone = list(print_many(press, jobs))
    monkeypatch.setattr(many, "LEAST_FOR_A_POOL", 1)
    monkeypatch.setattr(many, "_CHUNK", 2)
    sealing = Sealing(load_seal(press.workspace, None), "x", sealing_moment(press.workspace), "zh")
    sealed = list(print_many(press, jobs, sealing))
    assert [each.name for each in sealed] == [each.name for each in alone]
    assert all(each.data.startswith(base.data) for each, base in zip(sealed, alone, strict=True))
    root = (laid.root / "handbook/seal/root.pem").read_bytes()
    assert all(verify_pdf(each.data, [root]).genuine for each in sealed)


def test_what_stops_one_stops_all(department: Department, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the place of the character, though another process looked for it."""
    path = "handbook/regulations/REG-HANDOVER.md"
    department.write(path, department.read(path) + "\n\U0001f9ec\n")
    monkeypatch.setattr(many, "LEAST_FOR_A_POOL", 1)
    with pytest.raises(MissingGlyph, match=path):
        list(print_many(Press(department.root), [Job("blank", "F-COMPLAINT"), Job("document", "REG-HANDOVER")]))
