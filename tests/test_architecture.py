"""The laws of the package: who may know whom, how large things get, what is imported when."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "csdocs"
MAX_FUNCTION, MAX_FILE = 50, 450

# What the command line calls where a verb is more than one line: these join what lies below them, know each other, and
# leave words and paper to `cli` and `press`.
VERBS = ("check", "gate", "prepare", "lookup")
BELOW_VERBS = {"model", "executor", "parse", "store", "trust", "compare", "load", "rules"}
# The star: what each part may import from the others. Everything knows the model, siblings do not know each other.
ALLOWED = {
    "model": set(),
    "cel": {"model"},
    "parse": {"model"},
    "store": {"model"},
    "executor": {"model"},
    "trust": {"model"},
    "render": {"model"},
    "report": {"model"},
    "compare": {"model", "parse"},
    "load": {"model", "cel", "parse", "store", "trust", "compare"},
    "rules": {"model", "load"},
    **dict.fromkeys(VERBS, BELOW_VERBS | {*VERBS}),
    "press": {
        "model",
        "parse",
        "store",
        "trust",
        "compare",
        "load",
        "render",
        "check",
        "prepare",
        "lookup",
        "executor",
    },
    "pack": {"model", "parse", "store", "trust", "load", "render", "press", "lookup"},
}
# One third-party library, one place; `csdocs doctor` asks whether the fragile ones can be loaded at all.
DOCTOR = "cli/workspace.py"
HOME_OF = {
    "click": ("cli/",),
    "git": ("store/git.py",),
    "sqlite3": ("store/",),
    "pyarrow": ("cli/export.py",),
    "openpyxl": ("parse/spreadsheet.py",),
    "xlsxwriter": ("report/workbook.py",),
    "distributed": ("executor/cluster.py",),
    "ruamel": ("parse/",),
    "_ruamel_yaml": ("parse/", DOCTOR),
    "markdown_it": ("parse/", "press/", "compare/"),
    "weasyprint": ("render/pdf.py", "render/quick/", DOCTOR),
    "pydyf": ("render/finish.py", "render/quick/"),
    "tinyhtml5": ("render/quick/",),
    "tinycss2": ("render/quick/",),
    "cssselect2": ("render/quick/",),
    "jinja2": ("render/html.py",),
    "segno": ("render/qr.py", "render/quick/symbol.py"),
    "uharfbuzz": ("render/",),
    "fontTools": ("render/",),
    "PIL": ("render/",),
    "pyhanko": ("render/seal.py", "render/verify.py", "render/embedded.py", "render/addition.py"),
    "pyhanko_certvalidator": ("render/seal.py", "render/verify.py"),
    "asn1crypto": ("render/seal.py", "render/container.py", "render/detached.py", "render/verify.py"),
    "cryptography": ("trust/", "render/"),
    "nacl": ("trust/strict.py",),
    "pydantic": ("model/", "parse/"),
    "pydantic_core": ("model/", "parse/", "load/rulebook/compiled.py", "cli/"),
}
HEAVY = (
    "distributed",
    "weasyprint",
    "pyhanko",
    "pikepdf",
    "git",
    "pydantic",
    "markdown_it",
    "jinja2",
    "cryptography",
    "fontTools",
    "openpyxl",
    "xlsxwriter",
)


class Import(NamedTuple):
    """`where` is the importing file below `csdocs/`."""

    where: str
    line: int
    module: str

    @property
    def part(self) -> str:
        return _part(self.where)

    @property
    def imported_part(self) -> str:
        return _part("/".join(self.module.split(".")[1:3]))

    def __str__(self) -> str:
        return f"csdocs/{self.where}:{self.line}: imports {self.module}"


def _part(path: str) -> str:
    return path.partition("/")[0].removesuffix(".py")


@cache
def sources() -> dict[str, str]:
    return {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def trees() -> dict[str, ast.Module]:
    return {where: ast.parse(source) for where, source in sources().items()}


@cache
def imports() -> tuple[Import, ...]:
    return tuple(found for where, tree in trees().items() for found in _imports(where, tree))


def _imports(where: str, tree: ast.Module) -> Iterator[Import]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(where, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"csdocs/{where}:{node.lineno}: relative import"
            names = [alias.name for alias in node.names]
            # `from csdocs.load import case` and `from csdocs import render` name modules
            deeper = node.module in {"csdocs", *(f"csdocs.{part}" for part in ALLOWED)}
            for module in [f"{node.module}.{name}" for name in names] if deeper else [str(node.module)]:
                yield Import(where, node.lineno, module)


@pytest.mark.parametrize("part", ALLOWED)
def test_part_knows_only_its_own(part: str) -> None:
    known = {part, "__version__"} | ALLOWED[part]
    strange = [
        str(found)
        for found in imports()
        if found.part == part and found.module.startswith("csdocs.") and found.imported_part not in known
    ]
    assert not strange, "\n".join(strange)


def test_nothing_lies_beside_the_packages() -> None:
    assert {where for where in sources() if "/" not in where} == {"__init__.py", "__main__.py"}


def test_every_package_has_a_law() -> None:
    packages = {_part(where) for where in sources() if "/" in where} - {"cli"}
    assert packages == ALLOWED.keys()


def test_libraries_stay_in_their_place() -> None:
    strange = [
        str(found)
        for found in imports()
        if (homes := HOME_OF.get(found.module.partition(".")[0])) and not found.where.startswith(homes)
    ]
    assert not strange, "\n".join(strange)


def test_every_third_party_library_has_a_place() -> None:
    roots = {found.module.partition(".")[0] for found in imports()}
    unknown = roots - set(sys.stdlib_module_names) - HOME_OF.keys() - {"csdocs"}
    assert not unknown, f"say in HOME_OF where these live: {unknown}"


def test_nothing_below_the_command_line_prints_or_exits() -> None:
    loud = [
        f"csdocs/{where}:{node.lineno}"
        for where, tree in trees().items()
        if not where.startswith("cli/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "exit", "quit", "sys.exit", "os._exit"}
    ]
    assert not loud, "\n".join(loud)


def test_no_group_is_repeated_possessively() -> None:
    """Before Python 3.11.5 (Debian 12 has 3.11.2) such a group may end within a repetition that failed: nothing matched, and all
    plain files went the long way."""
    possessive = [
        f"csdocs/{where}:{node.lineno}"
        for where, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"\)[*+?]\+", node.value)
    ]
    assert not possessive, "\n".join(possessive)


def test_functions_fit_on_a_screen() -> None:
    long = [
        f"csdocs/{where}:{node.lineno}: {node.name} has {length} lines"
        for where, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > MAX_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_files_can_be_read_in_one_go() -> None:
    lengths = {where: source.count("\n") for where, source in sources().items()}
    long = [f"csdocs/{where}: {length} lines" for where, length in lengths.items() if length > MAX_FILE]
    assert not long, "\n".join(long)


def test_help_loads_nothing_heavy() -> None:
    for asked in ("--help", "--version"):
        assert not _modules_after(asked) & {*HEAVY, "pathlib", "importlib.metadata", "email"}


def test_check_loads_no_printing_press() -> None:
    """The verb that is run on every save pays for reading and judging, not for fonts and seals."""
    assert not _modules_after("check", "--help") & set(HEAVY)


def _modules_after(*arguments: str) -> set[str]:
    """What a command line in a fresh interpreter has loaded, besides what was there before: where coverage is measured, that is much."""
    script = (
        "import sys; before = {*sys.modules}; from csdocs.cli.main import run; code = run(sys.argv[1:]); "
        "print(*sys.modules.keys() - before, file=sys.stderr); sys.exit(code)"
    )
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "csdocs" in done.stdout
    names = done.stderr.split()
    return {*names, *(name.partition(".")[0] for name in names)}


def test_a_noun_of_the_model_is_the_name_of_nothing_else() -> None:
    """Who reads `Report` or `Step` anywhere knows what is meant."""
    classes = [
        (node.name, where) for where, tree in trees().items() for node in tree.body if isinstance(node, ast.ClassDef)
    ]
    nouns = {name: where for name, where in classes if where.startswith("model/") and not name.startswith("_")}
    assert [f"{where}: {name}" for name, where in classes if where != nouns.get(name, where)] == []
