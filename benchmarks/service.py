"""Service records, complaints and their summaries."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from benchmarks import phrases
from benchmarks.scene import Scene
from benchmarks.story import Signing, Story
from csdocs.model.spelling import spell

COMPLAINTS = 3  # a day
JUSTIFIED, SERVICE_CAUSED = 0.75, 0.6  # shares
ASKS_ANOTHER_UNTIL = 17  # what is passed on after this hour is answered by the desk itself


def complaint_id(scene: Scene, nth: int) -> str:
    return f"TS-{scene.day:%Y%m}-{scene.serial(COMPLAINTS, nth):03d}"


def complaints(scene: Scene) -> Iterator[Story]:
    for nth in range(1, COMPLAINTS + 1):
        matter = scene.rng.choice(phrases.GRIEVANCES)
        yield complaint(scene, complaint_id(scene, nth), matter, scene.head_of(matter.department))


def complaint(scene: Scene, id: str, matter: phrases.Grievance, owner: str) -> Story:
    """Received, answered by its owner and closed on the same day."""
    rng, later = scene.rng, scene.later
    major = rng.random() < 0.15
    received = later(scene.at(8, 30), 0, 200)
    created = later(received, 1, 4)
    agent = rng.choice([each for each in scene.agents if each != owner])
    contacted = later(received, 5, 60)
    assigned = later(contacted, 5, 20)
    replied = later(assigned, 30, 90)
    signings = [
        Signing("register", agent, later(created, 1, 3), _reception(scene, matter, received, agent, major)),
        Signing("assign", agent, assigned, {
            "first_contact_at": spell(contacted), "resp_dept": matter.department, "resp_person": owner, "complex": "false",
        }),
        Signing("reply", owner, replied, {
            "cause": matter.cause, "plan": matter.plan, "dept_reply_at": spell(replied),
        }),
    ]  # fmt: skip
    if rng.random() < 0.4:
        moment = later(replied, 2, 10)
        row = {"no": "1", "at": spell(moment), "text": rng.choice(phrases.PROGRESS), "to_customer": "true"}
        signings.append(Signing("follow", agent, moment, {"progress": [row]}))
    signings += _ending(scene, matter, agent, owner, replied, major)
    return Story("F-COMPLAINT", id, scene.day, agent, created, signings)


def _reception(
    scene: Scene, matter: phrases.Grievance, received: dt.datetime, agent: str, major: bool
) -> dict[str, Any]:
    online = {"bought_online": spell(matter.nature == "delivery")} if matter.nature in ("quality", "delivery") else {}
    return {
        "received_at": spell(received),
        "complainant": scene.customer(),
        "channel": scene.rng.choice(("phone", "chat", "wechat", "web")),
        "contact": scene.phone(),
        "content": matter.content,
        "agent": agent,
        "apology": "true",
        "nature": matter.nature,
        **online,
        "level": "major" if major else "minor",
    }


def _ending(
    scene: Scene, matter: phrases.Grievance, agent: str, owner: str, replied: dt.datetime, major: bool
) -> list[Signing]:
    rng, later = scene.rng, scene.later
    solved = later(replied, 15, 60)
    told = later(solved, 2, 20)
    closed = later(scene.at(17, 30), 0, 60)
    satisfied = rng.random() < 0.9
    justified = major or rng.random() < JUSTIFIED
    findings = {"confirmed_level": "major" if major else "minor", "justified": spell(justified)}
    findings |= {"service_caused": spell(rng.random() < SERVICE_CAUSED)} if justified else {}
    note = {} if satisfied else {"closing_note": phrases.CLOSING_NOTE}
    seen = {"satisfied_in_the_end": spell(satisfied)}
    closer = rng.choice([each for each in scene.supervisors if each not in (agent, owner)])
    result = {
        "result": matter.result,
        "solved_at": spell(solved),
        "customer_told_at": spell(told),
        "satisfied": spell(satisfied),
    }
    signings = [
        Signing("tell", agent, later(told, 1, 5), result),
        Signing("close", closer, closed, findings | note, seen),
    ]
    if major:
        signings.append(Signing("approve", scene.holders("R-DEPTMGR")[0], later(closed, 5, 20), {}, seen))
    return signings


def summaries(scene: Scene) -> Iterator[Story]:
    """Of the complaints of the day before."""
    first = scene.start + dt.timedelta(1)
    closed = complaints(scene.turn("F-COMPLAINT", -1)) if scene.day >= first else ()
    for nth, complaint in enumerate(closed, start=1):
        id = f"TSZ-{scene.day:%Y%m}-{scene.serial(COMPLAINTS, nth, first):03d}"
        yield _summary(scene, id, complaint)


def _summary(scene: Scene, id: str, complaint: Story) -> Story:
    content = complaint.signings[0].filled["content"]
    matter = next(each for each in phrases.GRIEVANCES if each.content == content)
    author = scene.rng.choice([agent for agent in scene.agents if agent != complaint.created_by])
    created = scene.later(scene.at(9), 0, 90)
    closed_at = spell(complaint.signings[-1].at)
    due = scene.day + dt.timedelta(30)
    data = {
        "complaint": complaint.id,
        "root_cause": matter.root_cause,
        "improvement": matter.improvement,
        "owner": scene.head_of(matter.department),
        "due": due.isoformat(),
    }
    seen = {"complaint_closed_at": closed_at}
    signings = [
        Signing("submit", author, scene.later(created, 10, 40), data, seen),
        Signing("review", scene.rng.choice(scene.supervisors), scene.at(16), {}, seen),
    ]
    return Story("F-COMPSUM", id, scene.day, author, created, signings, {"complaint-closed-at": closed_at})


def service_records(scene: Scene, count: int) -> Iterator[Story]:
    """The first few are the calls in which the day's complaints were made."""
    calls = dict(enumerate(complaints(scene.turn("F-COMPLAINT")), start=1))
    for nth in range(1, count + 1):
        yield _service_record(scene, nth, calls.get(nth))


def _service_record(scene: Scene, nth: int, complaint: Story | None) -> Story:
    at = scene.later(scene.at(8, 5), 0, 800)
    id = f"FW-{scene.day:%Y%m%d}-{nth:04d}"
    return service_record(scene, id, at, scene.rng.choice(scene.agents), complaint)


def service_record(scene: Scene, id: str, at: dt.datetime, agent: str, complaint: Story | None = None) -> Story:
    """Of a contact at a moment; of the call in which a complaint was made, by what the complaint says."""
    rng, later = scene.rng, scene.later
    contact = rng.choice(phrases.CONTACTS)
    heard = complaint.signings[0].filled if complaint else {}
    if complaint:
        at, agent = dt.datetime.fromisoformat(heard["received_at"]), complaint.created_by
    handling = rng.choices(("answered", "pending", "transferred"), (75, 17, 8))[0]
    created = later(at, 1, 4)
    replied = later(at, 4, 12)
    solved = later(replied, 0, 40)
    if handling == "transferred" and at.hour < ASKS_ANOTHER_UNTIL:
        solved = later(replied, 60, 240)
    filled = _contact(scene, contact, at, agent, handling)
    result = _result(scene, contact.result, replied, solved)
    if complaint:
        filled |= {"kind": "complaint", "content": heard["content"], "contact": heard["contact"]}
        result |= {"result": phrases.PASSED_ON, "complaint": complaint.id}
    seen = {"handle_min": str((solved - at).seconds // 60)}
    signings = [
        Signing("accept", agent, later(created, 1, 3), filled),
        Signing("resolve", agent, later(solved, 4, 8), result, seen),
    ]
    if rng.random() < 0.05:
        inspector = rng.choice([*scene.supervisors, *scene.holders("R-QA")])
        signings.append(Signing("inspect", inspector, later(scene.at(23), 0, 30), {"inspection_ok": "true"}, seen))
    return Story("F-SVCREC", id, scene.day, agent, created, signings)


def _contact(scene: Scene, contact: phrases.Contact, at: dt.datetime, agent: str, handling: str) -> dict[str, Any]:
    rng = scene.rng
    filled = {
        "at": spell(at),
        "kind": contact.kind,
        "customer_name": scene.customer(),
        "channel": rng.choice(("phone", "phone", "phone", "chat", "wechat", "web", "counter")),
        "customer": f"KH{rng.randrange(10**8):08d}",
        "contact": scene.phone(),
        "content": contact.content,
        "agent": agent,
        "first_owner": agent,
        "importance": rng.choices(("high", "normal", "low"), (1, 7, 2))[0],
        "urgency": rng.choices(("urgent", "normal"), (1, 6))[0],
        "need_confirmed": "true",
        "handling": handling,
    }
    if handling != "answered":
        filled |= {"promised_by": spell(at + dt.timedelta(days=1)), "promised_owner": agent}
    if handling == "transferred":
        filled |= {"transfer_to": rng.choice(("D-TECH", "D-BIZ", "D-FIN"))}
    return filled | {"medium": rng.choice(("electronic", "electronic", "paper"))}


def _result(scene: Scene, result: str, replied: dt.datetime, solved: dt.datetime) -> dict[str, Any]:
    asked = scene.rng.random() < 0.6
    opinion = {"opinion": scene.rng.choices(("satisfied", "neutral", "dissatisfied"), (85, 12, 3))[0]} if asked else {}
    return {
        "first_reply_at": spell(replied),
        "result": result,
        "solved_at": spell(solved),
        "stage": "survey" if asked else "solve",
        **opinion,
    }
