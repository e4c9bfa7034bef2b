"""csdocs: a department's rules, forms and records as text files in git."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("csdocs")
except PackageNotFoundError:  # run from a source tree that is not installed
    __version__ = "0"
