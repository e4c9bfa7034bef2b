"""Trouble that stops the work, as opposed to a Finding about the data."""

from csdocs.model.text import Text


class CsdocsError(Exception):
    """We could not look. Only `csdocs.cli` catches it and turns it into words and an exit code."""

    def __init__(self, message: Text, hint: Text) -> None:
        """`hint`: what to do next, which nobody may be left without."""
        super().__init__(message, hint)  # both, so that the error survives the way back from another process
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message.en
