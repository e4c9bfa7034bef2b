"""The rule book is whole: every regulation with its clauses, every form, post and parameter, and each clause its evidence."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from csdocs.load.holdings.coverage import Coverage
from csdocs.load.rulebook.lint import DocumentCase
from csdocs.load.workspace import Workspace
from csdocs.parse.yamltext import parse_yaml
from csdocs.prepare.starter import starter_profiles
from csdocs.rules.document import target_not_in_use
from csdocs.store.source import Overlaid, WorkTree

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def catalogue() -> Mapping[str, Any]:
    tree = parse_yaml((Path(__file__).parent / "catalogue.yaml").read_bytes()).tree
    assert isinstance(tree, dict)
    return tree


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return Workspace(ROOT)


def test_the_catalogue_is_the_one_that_was_agreed(catalogue: Mapping[str, Any]) -> None:
    assert (len(catalogue["regulations"]), len(catalogue["parts"])) == (48, 10)
    assert (len(catalogue["forms"]), len(set(catalogue["forms"]))) == (206, 206)
    assert sum(map(int, catalogue["regulations"].values())) == 449


def test_documents_with_all_their_clauses(catalogue: Mapping[str, Any], workspace: Workspace) -> None:
    wanted = [*(f"REG-{name}" for name in catalogue["regulations"]), *catalogue["parts"]]
    assert set(workspace.documents) == set(wanted)
    counts = {f"REG-{name}": int(number) for name, number in catalogue["regulations"].items()}
    short = [
        f"{id}/{number}"
        for id, document in workspace.documents.items()
        for number in range(1, counts.get(id, 0) + 1)
        if (clause := document.clause(number)) is None or clause.deleted
    ]
    assert not short


def test_every_document_is_in_the_manual_once(catalogue: Mapping[str, Any], workspace: Workspace) -> None:
    assert workspace.manual is not None
    printed = [id for part in workspace.manual.parts for id in (part.document, *part.contains)]
    assert sorted(printed) == sorted(workspace.documents)


def test_forms_posts_and_parameters(catalogue: Mapping[str, Any], workspace: Workspace) -> None:
    assert set(workspace.forms) == set(catalogue["forms"])
    assert set(catalogue["posts"]) <= set(workspace.register.post)
    owned = [p.id for document in workspace.documents.values() for p in document.control.parameters]
    assert len(owned) == len(set(owned))
    assert set(catalogue["parameters"]) <= set(owned)


def test_every_clause_has_its_evidence(workspace: Workspace) -> None:
    """And every stage its form, every form its clause, every parameter its use, every post its holder."""
    coverage = Coverage(workspace)
    assert len(coverage.rows) > 450
    assert not [lack.message.en for lack in coverage.lacks]


@pytest.mark.parametrize("profiles", [("GEN",), starter_profiles()], ids=["general", "every industry"])
def test_no_industry_lacks_anything_but_people(profiles: tuple[str, ...]) -> None:
    settings = (ROOT / "csdocs.yaml").read_text("utf-8")
    switched = re.sub(r"(?m)^profiles:.*$", f"profiles: [{', '.join(profiles)}]", settings)
    workspace = Workspace(ROOT, source=Overlaid(WorkTree(ROOT), {"csdocs.yaml": switched.encode()}))
    assert (len(workspace.forms_in_use) == len(workspace.forms)) == (len(profiles) > 1)
    assert not [lack.message.en for lack in Coverage(workspace).lacks if lack.kind != "post-without-holder"]
    cases = (DocumentCase(workspace, document) for document in workspace.documents.values())
    assert not [(case.document.id, problem.values) for case in cases for problem in target_not_in_use.check(case)]
