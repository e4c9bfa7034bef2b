"""What each benchmark is to reach, in one table."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from benchmarks.growth import Growth
from benchmarks.measure import Figure
from csdocs.model.text import Text

Clock = Literal["wall", "CPU"]


class Measure(NamedTuple):
    """`of` takes what csdocs did and what its peer did (the same where there is none)."""

    words: Text
    of: Callable[[Figure, Figure, Clock], float]
    more_is_better: bool


def _seconds(figure: Figure, clock: Clock) -> float:
    return figure.usage.cpu if clock == "CPU" else figure.usage.seconds


def _each(figure: Figure, clock: Clock) -> float:
    return _seconds(figure, clock) / figure.work


FASTER = Measure(Text("倍速", "times as fast"), lambda own, peer, c: _each(peer, c) / _each(own, c), True)
LONGER = Measure(Text("倍时长", "times as long"), lambda own, peer, c: _each(own, c) / _each(peer, c), False)
LARGER = Measure(Text("倍内存", "times the memory"), lambda own, peer, _: own.usage.peak_mb / peer.usage.peak_mb, False)
RATE = Measure(Text("每秒", "a second"), lambda own, _, c: 1 / _each(own, c), True)
SECONDS = Measure(Text("秒", "seconds"), lambda own, _, c: _seconds(own, c), False)
MEGABYTES = Measure(Text("MB", "MB"), lambda own, *_: own.usage.peak_mb, False)


class Target(NamedTuple):
    """`bound` is the least where more is better, else the most; it is meant for a workspace of `size` records (0: of any).

    `clock`: CPU where one core is meant or the machine may be busy.
    """

    what: Text
    benchmark: str
    own: str
    measure: Measure
    bound: float
    peer: str = ""
    clock: Clock = "CPU"
    size: int = 0


_LARGE = 100_000
_CHECKED = Text("检查，不验签名，单核", "check, no signatures, one core")

TARGETS: tuple[Target, ...] = (
    Target(_CHECKED, "check", "csdocs --no-signatures, one core", FASTER, 18, "check-jsonschema"),
    Target(
        Text("检查，不验签名，全部核心", "check, no signatures, all cores"),
        *("check", "csdocs --no-signatures", FASTER, 30, "check-jsonschema", "wall"),
    ),
    Target(_CHECKED, "check", "csdocs --no-signatures, one core", FASTER, 1.5, "sourcemeta validate", size=_LARGE),
    Target(
        Text("检查所用内存", "memory of a check"),
        "check",
        "csdocs --no-signatures",
        LARGER,
        0.2,
        "sourcemeta validate",
        size=_LARGE,
    ),
    Target(
        Text("检查所用内存，全部进程", "memory of a check, all processes"),
        "check",
        "csdocs",
        MEGABYTES,
        250,
        size=_LARGE,
    ),
    Target(
        Text("检查并验证每个签名", "check that verifies every signature"),
        *("verified", "csdocs check, one core", FASTER, 25, "ssh-keygen -Y verify"),
    ),
    Target(
        Text("未改动时再检查", "check, nothing changed"),
        "again",
        "csdocs, unchanged",
        LONGER,
        1.5,
        "git status",
        size=_LARGE,
    ),
    Target(
        Text("只看已提交的内容", "check --committed, nothing changed"),
        *("committed", "csdocs check --committed", LONGER, 2, "csdocs --help"),
    ),
    Target(
        Text("改动十份后再检查", "check, ten records changed"),
        *("again, changed", "csdocs, 10 changed", LONGER, 2, "csdocs, unchanged"),
        size=_LARGE,
    ),
    Target(Text("列出记录", "list"), "ask: list", "csdocs", LONGER, 3, "the SQL alone", size=_LARGE),
    Target(Text("到期事项", "due"), "ask: due", "csdocs", LONGER, 3, "the SQL alone", size=_LARGE),
    Target(Text("列出记录", "list"), "ask: list", "csdocs", SECONDS, 1, size=_LARGE),
    Target(Text("到期事项", "due"), "ask: due", "csdocs", SECONDS, 1, size=_LARGE),
    Target(Text("各条款的证据", "coverage"), "ask: coverage", "csdocs", SECONDS, 1, size=_LARGE),
    Target(Text("最慢的一张报表", "the slowest report"), "reports", "csdocs, the slowest", SECONDS, 1, size=_LARGE),
    Target(Text("全文查找", "search"), "ask: search", "csdocs", SECONDS, 0.1, size=_LARGE),
    Target(Text("评审一日的改动", "review of a day"), "review", "csdocs", SECONDS, 1, size=_LARGE),
    Target(
        Text("复核历史，首次", "audit, first time"),
        "audit",
        "csdocs, first time",
        LONGER,
        2,
        "csdocs check --no-index",
        size=_LARGE,
    ),
    Target(
        Text("复核历史，再次", "audit, again"),
        "audit again",
        "csdocs, unchanged",
        LONGER,
        3,
        "git log --raw",
        size=_LARGE,
    ),
    Target(Text("程序启动", "start of the program"), "help", "csdocs --help", LONGER, 1.3, "import click"),
    Target(Text("打印单页记录", "one-page records"), "render", "csdocs", RATE, 19),
    Target(Text("打印手册", "pages of the manual"), "manual", "csdocs", RATE, 30),
    Target(Text("盖章", "seals"), "seal", "csdocs", RATE, 75),
    Target(
        Text("打印并盖章，全部核心", "printed and sealed, all cores"),
        "build",
        "csdocs, all cores",
        RATE,
        25,
        "",
        "wall",
    ),
    Target(
        Text("打印十倍份数所用内存", "memory for ten times as many"),
        *("memory", "csdocs, ten times as many", LARGER, 1.1, "csdocs"),
    ),
)

# exponents: cold work as the records grow or less, warm work less
GROWTH_AT_MOST: Mapping[str, float] = {"check, cold": 1.05, "check, unchanged": 0.99, "check, 10 changed": 0.99}


class Reached(NamedTuple):
    """`share` of the target: 1 reaches it, more is better, whichever way the measure runs."""

    what: Text
    own: str
    peer: str
    unit: Text
    clock: str
    found: float
    bound: float
    more_is_better: bool
    share: float
    peak_mb: float
    peer_peak_mb: float | None
    size: int


def reached(figures: Iterable[Figure]) -> Iterator[Reached]:
    """Those targets whose contenders were measured."""
    by_name = {(figure.benchmark, figure.contender): figure for figure in figures}
    for target in TARGETS:
        own = by_name.get((target.benchmark, target.own))
        peer = by_name.get((target.benchmark, target.peer)) if target.peer else own
        if own is None or peer is None:
            continue
        measure = target.measure
        found = measure.of(own, peer, target.clock)
        share = found / target.bound if measure.more_is_better else target.bound / found
        timed = target.clock if measure not in (LARGER, MEGABYTES) else ""
        peer_peak = peer.usage.peak_mb if target.peer else None
        yield Reached(
            *(target.what, target.own, target.peer, measure.words, timed, found, target.bound),
            *(measure.more_is_better, share, own.usage.peak_mb, peer_peak, target.size),
        )


def grown(growth: Iterable[Growth]) -> Iterator[Reached]:
    for each in growth:
        bound = GROWTH_AT_MOST.get(each.command)
        if bound is None or each.time is None:
            continue
        sizes = f"{each.points[0].records:,} – {each.points[-1].records:,}"
        share = bound / each.time if each.time > 0 else 10.0
        yield Reached(
            *(Text("增长指数", "exponent of growth"), each.command, sizes, Text("次方", "exponent"), "CPU", each.time),
            *(bound, False, share, each.points[-1].peak_mb, None, 0),
        )
