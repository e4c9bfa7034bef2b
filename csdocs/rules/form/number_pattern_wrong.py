"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import FormCase
from csdocs.model.finding import Problem, Severity
from csdocs.model.number import field_names
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    try:
        names = field_names(case.form.number.pattern)
    except ValueError as error:
        part = str(error).replace("{", "<").replace("}", ">")
        yield Problem("number-pattern-wrong", ("number", "pattern"), {"reason": part})
        return
    for name in names:
        field = case.form.fields.get(name)
        if field is None or field.kind not in ("choice", "staff", "code", "department") or not field.required:
            reason = Text(
                "“{name}”须是必填的选项、员工、部门或代码字段",
                "“{name}” must be a required choice, staff, department or code field",
            )
            yield Problem("number-pattern-wrong", ("number", "pattern"), {"reason": reason.format(name=name)})


RULE = Rule(
    "FRM410",
    "number-pattern-wrong",
    Severity.ERROR,
    Text("编号规则有误：{reason}", "the number pattern is wrong: {reason}"),
    Text("写法见 docs/form-language.md 第 2 节", "docs/form-language.md, section 2, shows how"),
    check,
)
