"""csdocs: a department's rules, forms and records as text files in git."""


def __getattr__(name: str) -> str:
    """`__version__`, read when asked for: looking up package metadata would slow every start."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("csdocs")
    except PackageNotFoundError:  # run from a source tree that is not installed
        return "0"
