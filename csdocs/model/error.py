"""Trouble that stops the work, as opposed to a Finding about the data."""

import errno

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


def has_errors(path: str) -> CsdocsError:
    """A file of the rule book from which nothing can be taken until somebody mends it."""
    return CsdocsError(
        Text("{path} 有错误", "{path} has errors").format(path=path),
        Text("csdocs check {path} 列出错误", "csdocs check {path} lists errors").format(path=path),
    )


_OF_THE_SYSTEM = {
    errno.EACCES: "没有权限",
    errno.EEXIST: "已经存在",
    errno.EFBIG: "文件太大",
    errno.EIO: "读写出错",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ELOOP: "链接绕成了圈",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EPERM: "系统不允许",
    errno.EROFS: "磁盘是只读的",
}


def system_words(error: OSError) -> Text:
    """What the system says is wrong; in Chinese too where it is what nearly always is."""
    said = error.strerror or str(error)
    return Text(_OF_THE_SYSTEM.get(error.errno or 0, said), said)
