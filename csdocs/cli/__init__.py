"""The command line. Verbs are loaded when they are called; everything below knows nothing of terminals."""

try:
    from csdocs.cli.main import main
except KeyboardInterrupt:  # somebody is quicker than the program
    raise SystemExit(130) from None

__all__ = ["main"]
