"""Names of files that have to be known before anything has been read."""

CONFIG = "csdocs.yaml"
PEOPLE = "handbook/people.yaml"
STUB = ".gone.yaml"


def is_stub(path: str) -> bool:
    """Whether a path below `records/` is a stub's and no attachment's."""
    return path.endswith(STUB) and ".files/" not in path
