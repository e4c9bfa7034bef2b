"""PAGE"""

from collections.abc import Iterator

from csdocs.load.lint import FormCase
from csdocs.load.workspace import QUERIES
from csdocs.model.finding import Problem, Severity
from csdocs.model.text import Text
from csdocs.rules.rule import Rule


def check(case: FormCase) -> Iterator[Problem]:
    for name, field in case.form.walk():
        if field.query is not None and f"{QUERIES}{field.query}.sql" not in case.workspace.files:
            yield Problem("unknown-query", (*case.compiled.field_route(name), "query"), {"query": field.query})


RULE = Rule(
    "FRM416",
    "unknown-query",
    Severity.ERROR,
    Text("没有查询 {query}", "there is no query {query}"),
    Text("核对名称；查询在 templates/queries/", "check the name; queries are in templates/queries/"),
    check,
)
