"""How things are named: one spelling for each id, wherever it is written.

Digits are spelled [0-9]: pydantic's own expressions take the digits of every script for `\\d`.
"""

from typing import Annotated

from pydantic import StringConstraints

DOCUMENT = r"(?:REG-[A-Z0-9-]{2,24}|HB-[0-9]{2})"
FORM = r"F-[A-Z0-9]{2,24}"
CITATION = rf"{DOCUMENT}/[1-9][0-9]{{0,2}}"
CONTROLLED = rf"(?:{DOCUMENT}|{FORM})"
POST = r"R-[A-Z0-9]{2,24}"
DEPARTMENT = r"D-[A-Z0-9]{1,16}"
STAFF = r"[A-Z][0-9]{3,8}"
RECORD = r"[A-Za-z0-9][A-Za-z0-9-]{0,79}(?:\.(?:[2-9]|[1-9]\d))?"  # `.2`: of a natural key, entered anew
DIGEST = r"[0-9a-f]{64}"  # SHA-256

DocumentId = Annotated[str, StringConstraints(pattern=f"^{DOCUMENT}$")]
FormId = Annotated[str, StringConstraints(pattern=f"^{FORM}$")]
ControlledId = Annotated[str, StringConstraints(pattern=f"^{CONTROLLED}$")]
Citation = Annotated[str, StringConstraints(pattern=f"^{CITATION}$")]
PostId = Annotated[str, StringConstraints(pattern=f"^{POST}$")]
DepartmentId = Annotated[str, StringConstraints(pattern=f"^{DEPARTMENT}$")]
StaffNumber = Annotated[str, StringConstraints(pattern=f"^{STAFF}$")]
Sha256 = Annotated[str, StringConstraints(pattern=f"^{DIGEST}$")]
