"""csdocs: a department's rules, forms and records as text files in git."""

__version__ = "0.1.0"
