"""Whether this machine's clock can be believed: days, deadlines and signatures go by it."""

import datetime as dt
import re
from pathlib import Path

import click

from csdocs.cli.language import say
from csdocs.model.place import CONFIG
from csdocs.model.text import Text

_STANDS_STILL = re.compile(rb"(?m)^clock:")
_SLOW = Text(
    "本机时钟是 {now}，最近一次提交却在 {last}：多半是时钟慢了；日期、期限和签名都按它计，请先校准",
    "the clock of this machine says {now}, yet the last commit was made at {last}: it is probably slow, and days, "
    "deadlines and signatures go by it; set it right first",
)


def doubt_clock(root: Path) -> None:
    """A clock that is behind the last commit is slow, unless that commit was made by one that was fast: nobody is stopped."""
    from csdocs.store import disk, history

    if _STANDS_STILL.search(disk.read(root, CONFIG)):
        return
    now = dt.datetime.now().astimezone()
    last = history.ahead_of(root, now)
    if last is not None:
        click.secho(say(_SLOW.format(now=f"{now:%Y-%m-%d %H:%M}", last=f"{last:%Y-%m-%d %H:%M}")), fg="red", err=True)
