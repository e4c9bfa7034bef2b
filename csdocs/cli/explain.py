"""`csdocs explain`."""

import click

from csdocs.cli.language import say, spoken
from csdocs.cli.main import CLEAN
from csdocs.cli.shared import help_text
from csdocs.model.text import Text


@click.command(
    "explain",
    help=help_text(
        "解释一个检查代码，如 REC304 或 missing-field。", "Explain a finding code such as REC304 or missing-field."
    ),
)
@click.argument("code")
def explain_(code: str) -> int:
    from csdocs.rules import by_slug, page
    from csdocs.rules.rule import half

    slugs = {rule.code: slug for slug, rule in by_slug().items()}
    slug = slugs.get(code.upper(), code.lower())
    if slug not in by_slug():
        raise click.UsageError(say(Text("没有检查代码 {code}", "there is no code {code}").format(code=code)))
    rule = by_slug()[slug]
    click.secho(f"{rule.code}  {rule.slug}  {rule.severity}", bold=True)
    click.echo(half(page(slug), spoken()))
    return CLEAN
