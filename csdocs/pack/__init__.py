"""Evidence for an auditor in one archive, which can be checked without this program."""

from csdocs.pack.archive import lay_out, manifest_digest, zip_bytes
from csdocs.pack.scope import Scope

__all__ = ["Scope", "lay_out", "manifest_digest", "zip_bytes"]
