"""Renditions: records, blank forms, documents and the manual as PDF. Joins what `load` knows with what `render` prints."""

from csdocs.press.many import Job, print_many
from csdocs.press.printing import Press, Rendition
from csdocs.press.rebuild import Rebuilt, rebuild
from csdocs.press.sealing import keep_seal, load_seal

__all__ = ["Job", "Press", "Rebuilt", "Rendition", "keep_seal", "load_seal", "print_many", "rebuild"]
