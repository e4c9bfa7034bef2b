"""`python -m benchmarks.year DIR`: a year of a department, and beside it the list of what was done wrong in it."""

import sys
from pathlib import Path

import click

from benchmarks.year.build import Built, build
from benchmarks.year.plan import Plan
from benchmarks.year.plot import beside, list_text
from benchmarks.year.verdict import compare
from csdocs.check.whole import check
from csdocs.load.workspace import open_workspace

MONTHS = click.Choice((3, 6, 9, 12))  # whole quarters


@click.command(help="Write a year of a department with its history into DIR.")
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", default=1, show_default=True)
@click.option("--months", default=12, show_default=True, type=MONTHS, help="The last ones of the year.")
@click.option("--people", default=40, show_default=True, type=click.IntRange(36, 60))
@click.option("--plant/--no-plant", default=True, show_default=True, help="Do things wrong, and list them beside DIR.")
@click.option("--verify", is_flag=True, help="Run check and compare its findings with the list, both ways.")
def main(directory: Path, seed: int, months: int, people: int, plant: bool, verify: bool) -> None:
    if directory.exists() and any(directory.iterdir()):
        raise click.UsageError(f"{directory} is not empty")
    directory.mkdir(parents=True, exist_ok=True)
    plan = Plan(directory.resolve(), seed, months, people, planted=plant)
    built = build(plan)
    click.echo(f"{len(built.year.stories)} records, {built.commits} commits, tree {built.tree}")
    if plant:
        beside(plan.root).write_text(list_text(built.planted), "utf-8")
        click.echo(f"{len(built.planted)} findings planted: {beside(directory)}")
    if verify:
        sys.exit(_verify(plan, built))
    click.echo(f"cd {directory} && csdocs check --as-of {plan.as_of}")


def _verify(plan: Plan, built: Built) -> int:
    report = check(open_workspace(plan.root, plan.as_of))
    verdict = compare(report, built.planted)
    for line in verdict.lines():
        click.echo(line)
    click.echo(
        f"{report.records} records checked, {len(report.findings)} findings: {'as planted' if verdict.is_exact else 'not as planted'}"
    )
    return 0 if verdict.is_exact else 1


if __name__ == "__main__":
    main()
