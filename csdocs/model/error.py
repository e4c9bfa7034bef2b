"""Trouble that stops the work, as opposed to a Finding about the data."""

from csdocs.model.text import Text

NOTHING = Text("", "")


class CsdocsError(Exception):
    """We could not look. Only `csdocs.cli` catches it and turns it into words and an exit code."""

    def __init__(self, message: Text, hint: Text = NOTHING) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint
