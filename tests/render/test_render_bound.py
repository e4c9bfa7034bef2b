"""A rendition ends with a clear word where it would take too long, too much memory, or too many pages."""

import resource
import signal
from dataclasses import replace

import pytest
from render_common import ROOT, Render

from csdocs.model.error import CsdocsError
from csdocs.render import bound
from csdocs.render.html import PrintTemplates
from tools.sample import usual

PRINT = ROOT / "templates" / "print"
TEMPLATES = {path.name: path.read_text("utf-8") for path in PRINT.iterdir() if path.suffix in (".j2", ".css")}


def with_template(text: str) -> PrintTemplates:
    return PrintTemplates({**TEMPLATES, "record.html.j2": text})


ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a ring may fall into a finaliser
def test_a_template_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound, "MAX_SECONDS", 0.3)
    before = signal.getsignal(signal.SIGPROF)
    with pytest.raises(CsdocsError, match="stopped after"):
        with_template(ENDLESS).record(usual.COMPLAINT)
    assert signal.getsignal(signal.SIGPROF) is before
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a ring may fall into a finaliser
def test_a_layout_without_end_is_stopped_and_the_next_one_is_as_ever(
    render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    well = render("<p>正文", root=ROOT)
    monkeypatch.setattr(bound, "MAX_SECONDS", 0.3)
    with pytest.raises(CsdocsError, match="stopped after"):
        render("<p>很长的正文" * 20_000, root=ROOT)
    monkeypatch.undo()
    assert render("<p>正文", root=ROOT) == well


def test_a_template_that_fills_the_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound, "MAX_MEMORY", 200 << 20)
    before = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(CsdocsError, match="too much memory"):
        with_template("{{ ('x' * 400000000) | length }}").record(usual.COMPLAINT)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_more_than_anybody_reads_is_refused(render: Render, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound, "MAX_PAGES", 3)
    with pytest.raises(CsdocsError, match="4 pages"):
        render("<p style='break-after: page'>一" * 3 + "<p>二", root=ROOT)
    monkeypatch.setattr(bound, "MAX_CHARACTERS", 10_000)
    with pytest.raises(CsdocsError, match="characters to print"):
        with_template("{{ 'x' * 10001 }}").record(usual.COMPLAINT)


@pytest.mark.parametrize(
    "wrong", ["{{ range(999999999) }}", "{{ 1 / 0 }}", "{{ view.title + 1 }}", "{{ 'x'.join(1) }}"]
)
def test_whatever_goes_wrong_in_a_template_is_said_of_the_template(wrong: str) -> None:
    with pytest.raises(CsdocsError, match=r"print template is wrong at record\.html\.j2"):
        with_template(wrong).record(usual.COMPLAINT)


@pytest.mark.parametrize(
    ("title", "refused"), [("x" * 60_000, True), ("长" * 60_000, False), ("word " * 12_000, False)]
)
def test_a_word_that_no_line_can_hold_is_refused_and_not_lost(title: str, refused: bool) -> None:
    templates = with_template("<p>{{ view.title }}</p>")
    view = replace(usual.COMPLAINT, title=title)
    if refused:
        with pytest.raises(CsdocsError, match="a word of more than"):
            templates.record(view)
    else:
        assert title in templates.record(view).html
