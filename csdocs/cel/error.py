"""The two ways an expression can go wrong: written wrongly, or fed with values it cannot work on."""

from csdocs.model.text import Text


class CelError(Exception):
    """An expression is not valid; `offset` and `length` (characters) say where in the source."""

    def __init__(self, message: Text, offset: int, length: int) -> None:
        super().__init__(message, offset, length)
        self.message = message
        self.offset = offset
        self.length = length

    def __str__(self) -> str:
        return f"{self.message.en} (at {self.offset})"


class EvaluationError(Exception):
    """A valid expression has no value for these values; `offset` is the place in the source, where known."""

    def __init__(self, message: Text, offset: int | None = None) -> None:
        super().__init__(message, offset)
        self.message = message
        self.offset = offset

    def __str__(self) -> str:
        return self.message.en
