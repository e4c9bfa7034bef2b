"""`csdocs form list`, `schema`, `blank`."""

import json
from pathlib import Path

import click

from csdocs.cli.language import say
from csdocs.cli.main import CLEAN
from csdocs.cli.shared import help_text
from csdocs.cli.table import table_lines
from csdocs.model.error import CsdocsError
from csdocs.model.text import Text


@click.group("form", help=help_text("查看表单。", "Look at forms."))
def form_() -> None: ...


@form_.command("list", help=help_text("列出已启用的表单。", "List the forms in use."))
@click.option(
    "--all", "all_", is_flag=True, help=help_text("连同未启用行业的表单", "also those of industries not switched on")
)
def list_(all_: bool) -> int:
    from csdocs.load.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    head = [
        say(Text(*words))
        for words in (
            ("编号", "Id"),
            ("名称", "Title"),
            ("版", "Rev."),
            ("生效", "Effective"),
            ("行业", "Profile"),
            ("条款", "Clauses"),
        )
    ]
    chosen = workspace.forms if all_ else workspace.forms_in_use
    body = [
        [f.id, say(f.title), str(f.revision), f.effective.isoformat(), " ".join(f.profile), " ".join(f.clauses[:4])]
        for _, f in sorted(chosen.items())
    ]
    for line in table_lines(head, body):
        click.echo(line)
    return CLEAN


@form_.command(
    "schema",
    help=help_text(
        "输出表单的 JSON Schema，供 YAML 编辑器补全和校验。", "Print the form's JSON Schema (2020-12) for YAML editors."
    ),
)
@click.argument("form")
def schema_(form: str) -> int:
    from csdocs.load.workspace import open_workspace
    from csdocs.report.schema import record_schema

    workspace = open_workspace(Path.cwd())
    definition = workspace.forms.get(form.upper())
    if definition is None:
        raise CsdocsError(Text("没有表单 {form}", "there is no form {form}").format(form=form))
    click.echo(json.dumps(record_schema(definition, workspace.register), ensure_ascii=False, indent=2))
    return CLEAN


@form_.command(
    "blank",
    help=help_text("生成空白表单的 PDF，供打印手填。", "Make a PDF of the empty form, to be filled in by hand."),
)
@click.argument("form")
@click.option(
    "-o",
    "output",
    type=click.Path(path_type=Path),
    help=help_text("输出文件，默认 build/<表单>.pdf", "output file; default build/<form>.pdf"),
)
def blank_(form: str, output: Path | None) -> int:
    from csdocs.cli.rendition import _press
    from csdocs.load.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    if form.upper() not in workspace.forms:
        raise CsdocsError(Text("没有表单 {form}", "there is no form {form}").format(form=form))
    target = output or workspace.root / "build" / f"{form.upper()}.pdf"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_press(seal=False).blank(form.upper()).data)
    click.echo(str(target))
    return CLEAN
