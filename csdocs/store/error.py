"""Tables that cannot be read."""

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text


class Spoilt(CsdocsError):
    """The file of the tables is not what was written."""


def spoilt(error: Exception) -> Spoilt:
    return Spoilt(
        Text(f"索引无法读取（{error}），已经丢弃", f"the index cannot be read ({error}) and was thrown away"),
        Text("请再运行一次", "run the command again"),
    )
