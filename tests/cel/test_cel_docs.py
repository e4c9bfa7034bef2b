"""The examples a form author reads are expressions that compile."""

import re
from pathlib import Path

import pytest

from csdocs.cel import Scope, compile_expression
from csdocs.cel import types as t
from csdocs.cel.signature import FUNCTIONS, METHODS

PAGE = Path(__file__).parents[2].joinpath("docs", "cel.md").read_text(encoding="utf-8")
ITEM = t.RecordType({"no": t.STRING, "qty": t.INT, "price": t.DECIMAL, "receiver": t.STAFF})
STEP = t.RecordType({"at": t.TIMESTAMP, "by": t.STAFF})
SCOPE = Scope(
    {
        **{"lead_min": t.INT, "param": t.RecordType({"handover_lead_min": t.INT}), "fault_note": t.STRING},
        **{
            "faulty": t.BOOL,
            "level": t.STRING,
            "items": t.ListType(ITEM),
            "applicant": t.STAFF,
            "name": t.STRING,
        },
        **{"signed": t.RecordType({"outgoing": STEP, "incoming": STEP, "confirm": STEP}), "day": t.DATE},
        **{
            "received": t.TIMESTAMP,
            "finished": t.TIMESTAMP,
            "shift_start": t.TIME,
            "arrived_at": t.TIMESTAMP,
        },
        **{"record": t.RecordType({"day": t.DATE}), "start": t.TIME, "phone": t.STRING, "discount": t.INT},
    }
)


def examples() -> list[str]:
    table = PAGE.partition("## Everyday examples")[2].partition("\n## ")[0]
    rows = [line.split(" | ", 1)[1] for line in table.splitlines() if line.startswith("| ")][1:]
    return [code.replace("\\|", "|") for row in rows for code in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("source", examples())
def test_example(source):
    compile_expression(source, SCOPE)


@pytest.mark.parametrize("name", sorted({*FUNCTIONS, *METHODS}))
def test_every_function_is_on_the_page(name):
    assert re.search(rf"\b{name}\b", PAGE)
