"""Runs a pattern over a text: all alternatives at once, each character read once."""

import unicodedata
from typing import Literal, NamedTuple

Ranges = tuple[tuple[int, int], ...]
Assertion = Literal["start", "end", "boundary", "inside"]
Side = Literal["edge", "word", "other"]

MAX_MOVES = 20_000


class CharacterSet(NamedTuple):
    """What one place of a pattern takes: ranges of code points, Unicode categories, other sets."""

    ranges: Ranges
    categories: tuple[str, ...] = ()
    parts: tuple["CharacterSet", ...] = ()
    negated: bool = False
    ignore_case: bool = False

    @property
    def is_single(self) -> bool:
        return len(self.ranges) == 1 and self.ranges[0][0] == self.ranges[0][1]

    def takes(self, character: str) -> bool:
        variants = {character, *_other_cases(character)} if self.ignore_case else (character,)
        return any(map(self._holds, variants)) != self.negated

    def _holds(self, character: str) -> bool:
        code = ord(character)
        return (
            any(low <= code <= high for low, high in self.ranges)
            or (bool(self.categories) and unicodedata.category(character).startswith(self.categories))
            or any(part.takes(character) for part in self.parts)
        )


def _other_cases(character: str) -> list[str]:
    return [other for other in (character.lower(), character.upper()) if len(other) == 1]


class Instruction(NamedTuple):
    """`read` a character, `split` to several places, `match`, or go on if an assertion holds."""

    kind: Literal["read", "split", "match"] | Assertion
    characters: CharacterSet | None = None
    targets: tuple[int, ...] = ()


class _State:
    """Where the pattern may stand between two characters, with the moves found so far."""

    __slots__ = ("before", "moves", "places")

    def __init__(self, places: frozenset[int], before: Side) -> None:
        self.places = places
        self.before = before
        self.moves: dict[str, _State | None] = {}


class Automaton:
    """The states are built as texts ask for them, and forgotten when they become many."""

    def __init__(self, program: tuple[tuple[Instruction, ...], int]) -> None:
        self._instructions, self._entry = program
        self._forget()

    def _forget(self) -> None:
        self._states: dict[tuple[frozenset[int], Side], _State] = {}
        self._known = 0
        self._first = self._state(frozenset(), "edge")

    def _state(self, places: frozenset[int], before: Side) -> _State:
        return self._states.setdefault((places, before), _State(places, before))

    def search(self, text: str) -> bool:
        state = self._first
        for character in text:
            try:
                following = state.moves[character]
            except KeyError:
                following = self._move(state, character)
            if following is None:
                return True
            state = following
        return self._reached(state, "edge") is None

    def _move(self, state: _State, character: str) -> _State | None:
        """The state after `character`; None when the pattern is found before it."""
        side: Side = "word" if character == "_" or (character.isascii() and character.isalnum()) else "other"
        reached = self._reached(state, side)
        following = None if reached is None else self._state(self._read(reached, character), side)
        if self._known >= MAX_MOVES:
            self._forget()
        self._known += 1
        state.moves[character] = following
        return following

    def _read(self, places: set[int], character: str) -> frozenset[int]:
        steps = (self._instructions[place] for place in places)
        return frozenset(
            step.targets[0] for step in steps if step.characters is not None and step.characters.takes(character)
        )

    def _reached(self, state: _State, after: Side) -> set[int] | None:
        """All places reachable without reading on; None when one of them is the end of the pattern."""
        waiting = [self._entry, *state.places]
        reached: set[int] = set()
        while waiting:
            place = waiting.pop()
            if place in reached:
                continue
            reached.add(place)
            kind, _, targets = self._instructions[place]
            if kind == "match":
                return None
            if kind == "split" or (kind != "read" and _holds(kind, state.before, after)):
                waiting += targets
        return reached


def _holds(assertion: Assertion, before: Side, after: Side) -> bool:
    match assertion:
        case "start":
            return before == "edge"
        case "end":
            return after == "edge"
    is_boundary = (before == "word") != (after == "word")
    return is_boundary == (assertion == "boundary")
