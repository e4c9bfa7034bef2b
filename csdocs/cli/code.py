"""`csdocs verify --code`: paper in the hand, looked up in the workspace."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from csdocs.cli.language import say
from csdocs.cli.main import CLEAN, FINDINGS
from csdocs.cli.shared import open_registered
from csdocs.model.text import Text

if TYPE_CHECKING:
    from csdocs.lookup.currency import Currency

_STANDINGS = {
    "current": (Text("现行", "current"), "green"),
    "pending": (Text("尚未生效", "not yet in force"), "yellow"),
    "draft": (Text("未获批准的草案", "an unapproved draft"), "yellow"),
    "superseded": (Text("已被取代", "superseded"), "yellow"),
    "withdrawn": (Text("已废止", "withdrawn"), "red"),
    "void": (Text("已作废", "void"), "red"),
    "unknown": (Text("查无此件", "unknown"), "red"),
    "forged": (Text("与任何已知版次不符", "forged, or mistyped"), "red"),
}


def look_up(codes: Sequence[str], format_: str) -> int:
    """Exit code 0 only if every paper is current."""
    from csdocs.lookup.currency import judge_code
    from csdocs.model.code import read_code

    read = [read_code(typed) for typed in codes]
    for typed, code in zip(codes, read, strict=True):
        if code is None:
            said = Text("“{typed}”不是页脚上的核验码", "“{typed}” is not a check code from the foot of a page")
            raise click.UsageError(say(said.format(typed=typed)))
    workspace = open_registered()
    found = [judge_code(workspace, code) for code in read if code is not None]
    if format_ == "json":
        rows = [_as_dict(typed, currency) for typed, currency in zip(codes, found, strict=True)]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for typed, currency in zip(codes, found, strict=True):
            _print(typed, currency)
    return CLEAN if all(currency.standing == "current" for currency in found) else FINDINGS


def _print(typed: str, currency: "Currency") -> None:
    word, colour = _STANDINGS[currency.standing]
    click.secho(f"{currency.id or typed}: {say(word)}", bold=True, fg=colour)
    click.echo(f"  {say(currency.sentence)}")
    if currency.standing == "withdrawn" and currency.by:
        click.echo("  " + say(Text("由 {by} 接替", "replaced by {by}").format(by=currency.by)))
    if currency.changes:
        click.echo("  " + say(Text("此后的变动：", "What has changed since:")))
    for change in currency.changes:
        click.echo(f"    {change.day} {change.what}  {say(change.words)}")


def _as_dict(typed: str, currency: "Currency") -> dict[str, Any]:
    changes = [{"what": c.what, "day": c.day.isoformat(), "words": say(c.words)} for c in currency.changes]
    return {
        "code": typed,
        "id": currency.id,
        "standing": currency.standing,
        "sentence": say(currency.sentence),
        "by": currency.by,
        "changes": changes,
    }
