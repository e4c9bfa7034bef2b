"""Print everything that can be printed into `build/gallery`, one PNG a page, with an index to look through.

Run by `make gallery`; `--golden` writes anew the small pictures that the tests compare with.
"""

import argparse
import datetime as dt
import shutil
import subprocess
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from csdocs.load.workspace import Workspace
from csdocs.parse.record import parse_record
from csdocs.press import Press
from csdocs.render.html import PrintTemplates
from csdocs.render.pdf import render_pdf
from csdocs.store import disk
from tools.sample.difficult import DIFFICULT, PICTURES

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "build" / "gallery"
GOLDEN = ROOT / "tests" / "render" / "gallery"
MOMENT = dt.datetime(2026, 11, 20, 8, 30, tzinfo=dt.UTC)
# Where more than the first page shows something.
GOLDEN_PAGES = {"rows-200": (2,), "document": (1, 2), "figures": (1, 2)}
GOLDEN_DPI, SCREEN_DPI = 36, 80


def difficult(name: str) -> bytes:
    """One of the pages made to be difficult, as PDF."""
    page = DIFFICULT[name](PrintTemplates.read(ROOT / "templates" / "print"))
    return render_pdf(
        page.html, page.css, root=ROOT / "templates" / "print", title=name,
        language="en" if name == "english" else "zh", moment=MOMENT, pictures=PICTURES,
    )  # fmt: skip


def pictures(pdf: bytes, dpi: int, target: Path, *options: str) -> list[Path]:
    """The pages as `target-1.png` and so on."""
    command = ["pdftoppm", "-png", "-r", str(dpi), *options, "-", str(target)]
    subprocess.run(command, input=pdf, check=True)
    return sorted(target.parent.glob(f"{target.name}-*.png"))


def golden_pictures(folder: Path) -> Iterator[Path]:
    for name in DIFFICULT.keys() - {"pages-30"}:
        data = difficult(name)
        for page in GOLDEN_PAGES.get(name, (1,)):
            target = folder / f"{name}-{page}"
            single = ["-gray", "-singlefile", "-f", str(page), "-l", str(page)]
            subprocess.run(
                ["pdftoppm", "-png", "-r", str(GOLDEN_DPI), *single, "-", str(target)], input=data, check=True
            )
            yield target.with_suffix(".png")


def renditions() -> Iterator[tuple[str, str, bytes]]:
    """Group, name and PDF."""
    for name in DIFFICULT:
        yield "difficult", name, difficult(name)
    chinese, english = Press(ROOT, seal=True), Press(ROOT, language="en")
    for form in sorted(chinese.workspace.forms):
        yield "blank", form, chinese.blank(form).data
    for path in _fullest_records(chinese.workspace):
        yield "record", Path(path).stem, chinese.record(path).data
    for id in sorted(chinese.workspace.documents):
        yield "document", id, chinese.document(id).data
    yield "manual", "manual-zh", chinese.manual().data
    yield "manual", "manual-en", english.manual().data


def _fullest_records(workspace: Workspace) -> list[str]:
    """Of each form the longest record: it has most to show."""
    best: dict[str, tuple[int, str]] = {}
    for path in workspace.record_paths():
        data = disk.read(workspace.root, path)
        if record := parse_record(path, data).record:
            best[record.form] = max(best.get(record.form, (0, "")), (len(data), path))
    return [path for _, path in sorted(best.values(), key=lambda item: item[1])]


def make(output: Path, groups: set[str]) -> None:
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    shown: list[str] = []
    for group, name, data in renditions():
        if groups and group not in groups:
            continue
        made = pictures(data, SCREEN_DPI, output / f"{group}-{name}")
        print(f"{group} {name}: {len(made)}", flush=True)
        images = "".join(f'<img loading="lazy" src="{escape(path.name)}" alt="{escape(path.stem)}">' for path in made)
        shown.append(f"<h2>{escape(group)} · {escape(name)}</h2><div>{images}</div>")
    style = "body{font:14px sans-serif;background:#888}div{display:flex;flex-wrap:wrap;gap:12px}img{width:420px}"
    page = f'<!DOCTYPE html><meta charset="utf-8"><title>gallery</title><style>{style}</style>{"".join(shown)}'
    (output / "index.html").write_text(page, encoding="utf-8")


def main(arguments: Any = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--golden", action="store_true", help="write the pictures that the tests compare with")
    parser.add_argument("--only", action="append", default=[], metavar="GROUP", help="difficult, blank, record …")
    options = parser.parse_args(arguments)
    if options.golden:
        shutil.rmtree(GOLDEN, ignore_errors=True)
        GOLDEN.mkdir(parents=True)
        print(*(path.relative_to(ROOT) for path in golden_pictures(GOLDEN)), sep="\n")
    else:
        make(OUTPUT, set(options.only))
        print(OUTPUT / "index.html")


if __name__ == "__main__":
    main()
