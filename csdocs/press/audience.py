"""Who will read a record: the house sees all of it, a customer no colleagues, a third party no personal data either."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal

from csdocs.load.record.case import RecordCase
from csdocs.model.error import CsdocsError
from csdocs.model.field import Field, RowsField
from csdocs.model.form import Form, Section
from csdocs.model.text import Text
from csdocs.press.fact import PrintFacts

Outsider = Literal["customer", "third-party"]
OUTSIDERS: tuple[Outsider, ...] = ("customer", "third-party")

_COPY = {"customer": Text("客户副本", "Customer's copy"), "third-party": Text("对外副本", "Redacted copy")}
_NOTES = {
    "customer": Text(
        "本副本供客户留存：员工只列工号；内部栏目、备注、附件和签署意见不在其中。原件由本单位保存。",
        "This copy is for the customer: staff appear by number only; internal parts, remarks, attachments and comments are not in it. "
        "The organisation keeps the original.",
    ),
    "third-party": Text(
        "本副本供第三方使用：个人信息已隐去，员工只列工号；内部栏目、备注、附件和签署意见不在其中。原件由本单位保存。",
        "This copy is for a third party: personal data are hidden, staff appear by number only; internal parts, remarks, attachments and "
        "comments are not in it. The organisation keeps the original.",
    ),
}
_HIDDEN = "■■■"
# A shorter value, such as a surname or a floor, would black out half of the page.
_TELLING = 2


class Audience:
    """What somebody sees of one record; `outsider` None is the house itself."""

    def __init__(self, facts: PrintFacts, case: RecordCase, outsider: Outsider | None = None) -> None:
        self.facts = facts
        self.outsider = outsider
        self.case = case
        if outsider and case.form and not _is_about_one_customer(case.form):
            raise CsdocsError(
                Text(
                    "{form} 不是某一位客户的记录，属于内部记录，不能出具副本",
                    "{form} is no record about one customer: it stays in the house",
                ).format(form=case.form.id),
                Text("去掉 --for 打印内部件", "print it for the house, without --for"),
            )

    @property
    def is_house(self) -> bool:
        return self.outsider is None

    def sees(self, part: Section | Field) -> bool:
        if self.is_house:
            return True
        return not part.internal and part.id != "remarks" and getattr(part, "kind", "") != "file"

    def person(self, staff_no: str) -> str:
        return f"{self.facts.person(staff_no)} {staff_no}" if self.is_house else staff_no

    def words(self, field: Field, printed: str) -> str:
        """A value as this audience may read it."""
        if self.is_house or not printed:
            return printed
        if field.pii:
            return _HIDDEN if self.outsider == "third-party" else printed
        printed = self._personal.sub(_HIDDEN, printed) if self._personal else printed
        return self._names.sub(lambda match: self._numbers[match[0]], printed) if self._numbers else printed

    def mark(self, mark: str) -> str:
        """What is written in the corner: a draft and a void record stay what they are in a copy."""
        if self.outsider is None:
            return self.facts.mark(mark)
        copy = _COPY[self.outsider].to(self.facts.language)
        return copy if mark == "controlled" else f"{self.facts.mark(mark)} · {copy}"

    @property
    def note(self) -> str:
        return _NOTES[self.outsider].to(self.facts.language) if self.outsider else ""

    @cached_property
    def _numbers(self) -> dict[str, str]:
        people = self.facts.workspace.register.people
        return {name: person.staff_no for person in people for name in (person.name.zh, person.name.en) if name}

    @cached_property
    def _names(self) -> re.Pattern[str]:
        return _any_of(self._numbers)

    @cached_property
    def _personal(self) -> re.Pattern[str] | None:
        """Personal data that people also wrote into fields where they do not belong."""
        if self.outsider != "third-party":
            return None
        found = {text for text in _personal_texts(self.case) if len(text) >= _TELLING}
        return _any_of(found) if found else None


def _is_about_one_customer(form: Form) -> bool:
    """Outside rows and lists, which speak of many, and outside what is internal, which speaks of the house."""
    fields = (field for section in form.sections if not section.internal for field in section.fields)
    return any((field.pii or field.kind == "customer") and not (field.internal or field.list) for field in fields)


def _personal_texts(case: RecordCase) -> Iterator[str]:
    assert case.form is not None
    for field in case.form.fields.values():
        value = case.typed.values.get(field.id)
        if isinstance(field, RowsField):
            for row in value or ():
                for inner in field.fields:
                    if inner.pii:
                        yield from _texts(row.get(inner.id))
        elif field.pii:
            yield from _texts(value)


def _texts(value: Any) -> Iterator[str]:
    values = value if isinstance(value, list) else [value]
    return (each.strip() for each in values if isinstance(each, str))


def _any_of(words: Any) -> re.Pattern[str]:
    """Longer ones first, so that none is left behind as the rest of another."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
