"""`csdocs explain`."""

import click

from csdocs.cli.language import say, spoken
from csdocs.cli.main import CLEAN
from csdocs.cli.shared import help_text
from csdocs.model.text import Text


@click.command(
    "explain",
    help=help_text(
        "解释一个检查代码（如 REC304 或 missing-field），或显示一页文档（如 cel）。不写名称时列出各页。",
        "Explain a finding code such as REC304 or missing-field, or show a page of the documentation such as cel. "
        "Without a name: list the pages.",
    ),
)
@click.argument("name", required=False, metavar="[CODE|PAGE]")
def explain_(name: str | None) -> int:
    from csdocs.cli.pages import pages
    from csdocs.rules import by_slug

    if name is None:
        _list_pages()
        return CLEAN
    slugs = {rule.code: slug for slug, rule in by_slug().items()}
    slug, page = slugs.get(name.upper(), name.lower()), name.lower().removeprefix("docs/").removesuffix(".md")
    if slug in by_slug():
        _explain(slug)
    elif page in pages():
        click.echo(pages()[page].read_text("utf-8"))
    else:
        _refuse(name, [*slugs, *slugs.values(), *pages()])
    return CLEAN


def _explain(slug: str) -> None:
    from csdocs.report.text import SEVERITIES
    from csdocs.rules import by_slug, page
    from csdocs.rules.rule import half

    rule = by_slug()[slug]
    click.secho(f"{rule.code}  {rule.slug}  {say(SEVERITIES[rule.severity])}", bold=True)
    click.echo(half(page(slug), spoken()))


def _list_pages() -> None:
    from csdocs.cli.pages import pages, title

    for name, path in pages().items():
        click.echo(f"{name:22} {title(path.read_text('utf-8'))}")


def _refuse(name: str, known: list[str]) -> None:
    from csdocs.model.suggestion import suggestion

    missing = Text(
        "没有检查代码或文档 {name}{meant}；各页见 csdocs explain，检查代码都在 csdocs explain rules",
        "there is no code or page {name}{meant}; pages are listed by: csdocs explain; all codes are in: csdocs explain rules",
    )
    raise click.UsageError(say(missing.format(name=name, meant=suggestion(name, known))))
