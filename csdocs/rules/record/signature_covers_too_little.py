"""PAGE"""

from collections.abc import Iterator

from csdocs.load.case import RecordCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: RecordCase) -> Iterator[Problem]:
    assert case.form is not None
    earlier: set[str] = set()
    for index, signature in enumerate(case.record.signatures):
        step = case.form.step_by_id.get(signature.step)
        if step is None or signature.decision == "void":
            continue
        earlier |= {step.section} if step.section else set()
        for section in case.form.sections:
            owed = {field.id for field in case.form.section_fields(section) if not field.is_computed}
            if section.id in earlier and not owed <= set(signature.covers.get(section.id, ())):
                values = {"by": signature.by, "step": signature.step, "section": section.title}
                yield Problem("signature-covers-too-little", ("signatures", index, "covers"), values)


RULE = Rule(
    "REC340",
    "signature-covers-too-little",
    Severity.ERROR,
    Text("{by} 在“{step}”的签名没有覆盖“{section}”", "the signature of {by} at “{step}” leaves out “{section}”"),
    Text("请用 csdocs sign 重新签署", "sign again with csdocs sign"),
    check,
)
