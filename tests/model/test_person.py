"""Who stands above whom on a day."""

import datetime as dt
from typing import Any

from csdocs.model.person import Register

DAY = dt.date(2026, 11, 2)


def person(number: str, *held: str) -> dict[str, Any]:
    """`held`: posts as `post@department`, with `-` behind one that ended the day before."""
    posts = []
    for each in held:
        post, _, department = each.rstrip("-").partition("@")
        ended = {"until": dt.date(2026, 11, 1)} if each.endswith("-") else {}
        posts.append({"post": post, "department": department, "from": dt.date(2026, 1, 1), **ended})
    return {"staff_no": number, "name": {"zh": number, "en": number}, "joined": dt.date(2026, 1, 1), "posts": posts}


REGISTER = Register.model_validate(
    {
        "people": [
            person("S1001", "R-AGENT@D-DAY"),
            person("S1002", "R-AGENT@D-NIGHT"),
            person("S1003", "R-LEAD@D-DAY", "R-AGENT@D-DAY"),
            person("S1004", "R-LEAD@D-OFFICE", "R-LEAD@D-NIGHT-"),
            person("S1005", "R-MANAGER@D-OFFICE"),
        ],
        "posts": [
            {"id": "R-MANAGER", "name": {"zh": "经理", "en": "Manager"}},
            {"id": "R-LEAD", "name": {"zh": "组长", "en": "Leader"}, "superior": "R-MANAGER"},
            {"id": "R-AGENT", "name": {"zh": "专员", "en": "Agent"}, "superior": "R-LEAD"},
        ],
    }
)


def above(number: str) -> list[str]:
    return [each.staff_no for each in REGISTER.superiors(number, DAY)]


def test_the_superior_is_of_ones_own_department() -> None:
    assert above("S1001") == ["S1003"]


def test_where_the_department_has_none_others_are_superiors() -> None:
    assert above("S1002") == ["S1003", "S1004"]


def test_nobody_is_their_own_superior() -> None:
    assert above("S1003") == ["S1005"]


def test_above_the_highest_post_and_of_strangers_there_is_nobody() -> None:
    assert above("S1005") == above("S1009") == []
