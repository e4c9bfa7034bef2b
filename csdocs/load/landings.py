"""When files landed, asked for one by one: to read all of history costs more than a few of them are worth."""

from collections.abc import Callable, Iterator, Mapping


class Landings(Mapping[str, int]):
    """Unix times by path. `every` is asked only by who wants to see them all."""

    def __init__(self, one: Callable[[str], int | None], every: Callable[[], Mapping[str, int]]) -> None:
        self._one, self._every = one, every

    def __getitem__(self, path: str) -> int:
        found = self._one(path)
        if found is None:
            raise KeyError(path)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._every())

    def __len__(self) -> int:
        return len(self._every())
