"""Which of the files of one number counts."""


def takes_over(done: frozenset[str], state: str, before: frozenset[str]) -> bool:
    """Whether an amendment counts instead of what it amends; who declares it void, signed or not, declares the record void."""
    return state == "void" or (done >= before and state not in ("withdrawn", "rejected"))
