"""What a record has to hold by now: fields of the sections that are due, under their conditions."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from csdocs.cel import Program
from csdocs.model.field import Field, RowsField
from csdocs.model.finding import Route

if TYPE_CHECKING:
    from csdocs.load.record.case import RecordCase


def is_complete(case: "RecordCase") -> bool:
    """Whether nothing can be missing, nor any condition fail; where it is False that must be looked at one by one."""
    assert case.form is not None
    demand = case.compiled.demand(case.reached)
    return (
        not case.form.scans
        and demand.always <= case.record.data.keys()
        and demand.conditions(case.all_values, case.workspace.runtime)
    )


def find_missing(case: "RecordCase") -> Iterator[tuple[Route, Field]]:
    """Fields with their routes in the data. A condition without a value is noted with the case."""
    data = case.record.data
    for field in [*_required(case)]:
        if field.id not in data and not (field.is_computed and field.id in case.all_values):
            yield (field.id,), field
    for rows, index, field in [*_required_in_rows(case)]:
        if field.id not in data[rows][index]:
            yield (rows, index, field.id), field


def is_required(case: "RecordCase", field: Field, table: RowsField | None = None) -> bool:
    """Whether a field must be there once its section is due; of a table: in its last row."""
    name = field.id if table is None else f"{table.id}.{field.id}"
    condition = case.compiled.programs.get(f"required:{name}")
    if field.required or condition is None:
        return field.required
    rows = case.all_values.get(table.id, ()) if table else ()
    values = {**case.all_values, "row": rows[-1]} if rows else case.all_values
    return _is_met(case, condition, name, values)


def _required(case: "RecordCase") -> Iterator[Field]:
    assert case.form is not None
    for section in case.form.sections:
        if section.id not in case.reached:
            continue
        for field, condition in case.compiled.required[section.id]:
            if condition is None or _is_met(case, condition, field.id, case.all_values):
                yield field
    yield from (case.form.fields[scan] for step, scan in case.form.scans if case.completed(step))


def _required_in_rows(case: "RecordCase") -> Iterator[tuple[str, int, Field]]:
    assert case.form is not None
    for rows in case.form.rows_with_conditions:
        for inner in rows.fields:
            name = f"{rows.id}.{inner.id}"
            condition = case.compiled.programs.get(f"required:{name}")
            for index, row in enumerate(case.all_values.get(rows.id, ()) if condition else ()):
                if condition and _is_met(case, condition, name, {**case.all_values, "row": row}):
                    yield rows.id, index, inner


def _is_met(case: "RecordCase", condition: Program, name: str, values: Mapping[str, Any]) -> bool:
    """Whether a field is required under its condition."""
    return not condition.lacks(values) and case.run(condition, f"required:{name}", values, False) is True
