"""What shifts leave behind: handovers, duty logs; and the clerk's backups and the newcomers' uniforms."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from benchmarks import phrases
from benchmarks.people import newcomer
from benchmarks.scene import Scene
from benchmarks.story import Signing, Story
from csdocs.model.spelling import spell

SEATS = ("A01", "A02", "A03")
SHIFTS = (("early", 8, 15, "late"), ("late", 15, 22, "night"))


def handovers_and_logs(scene: Scene) -> Iterator[Story]:
    for shift, start, end, following in SHIFTS:
        crew = scene.rng.sample(scene.agents, 2 * len(SEATS))
        out, into = crew[: len(SEATS)], crew[len(SEATS) :]
        for seat, leaving, coming in zip(SEATS, out, into, strict=True):
            yield _handover(scene, (shift, following), scene.at(end), seat, (leaving, coming))
        yield _duty_log(scene, shift, (scene.at(start), scene.at(end)), out, into[0])


def _handover(scene: Scene, shifts: tuple[str, str], at: dt.datetime, seat: str, people: tuple[str, str]) -> Story:
    leaving, coming = people
    arrived = at - dt.timedelta(minutes=scene.rng.randint(10, 15))
    out_signed = scene.later(at, 0, 3)
    filled = {
        "shift_date": scene.day.isoformat(),
        "shift_out": shifts[0],
        "shift_in": shifts[1],
        "post": seat,
        "out_staff": leaving,
        "in_staff": coming,
        "shift_start": spell(at),
        "arrive_at": spell(arrived),
        "face_to_face": "true",
        "shift_summary": scene.rng.choice(phrases.SHIFT_SUMMARIES),
        "counters": counters(scene),
        **_matters(scene, at),
        "items_handed": [{"item": thing, "qty": "1", "ok": "true"} for thing in scene.rng.sample(phrases.THINGS, 2)],
    }
    lead = {"lead_min": str((at - arrived).seconds // 60)}
    signings = [
        Signing("outgoing", leaving, out_signed, filled, lead),
        Signing("incoming", coming, scene.later(out_signed, 3, 6), {"room_check": rooms(scene)}, lead),
    ]
    id = f"JB-{scene.day:%Y%m%d}-{shifts[0]}-{seat}"
    return Story("F-HANDOVER", id, scene.day, leaving, at - dt.timedelta(minutes=20), signings)


def counters(scene: Scene) -> list[dict[str, str]]:
    offered = scene.rng.randint(60, 140)
    abandoned = scene.rng.randint(0, 9)
    figures = {"offered": offered, "answered": offered - abandoned, "abandoned": abandoned}
    return [{"item": item, "n": str(n)} for item, n in figures.items()]


def _matters(scene: Scene, at: dt.datetime) -> dict[str, Any]:
    count = scene.rng.choice((0, 0, 1, 2))
    if not count:
        return {"no_issues": "true"}
    return {
        "issues": [
            {
                "no": str(number),
                "kind": scene.rng.choice(("open_case", "fault", "notice", "other")),
                "description": words,
                "urgent": "false",
                "state": "carried",
                "reported_to": scene.rng.choice(scene.supervisors),
                "due": spell(at + dt.timedelta(days=1)),
            }
            for number, words in enumerate(scene.rng.sample(phrases.MATTERS, count), start=1)
        ]
    }


def rooms(scene: Scene) -> list[dict[str, str]]:
    return [
        {"room": room, "temp_c": f"{scene.rng.randint(200, 255) / 10:.1f}", "ac_ok": "true", "stations_ok": "true"}
        for room in phrases.ROOMS
    ]


def _duty_log(scene: Scene, shift: str, span: tuple[dt.datetime, dt.datetime], crew: list[str], relief: str) -> Story:
    rng = scene.rng
    start, end = span
    opened = scene.later(start, 1, 4)
    facts = {
        "duty_date": scene.day.isoformat(),
        "shift": shift,
        "shift_start": spell(start),
        "shift_end": spell(end),
        "supervisor": rng.choice(scene.supervisors),
        "on_duty": [{"staff": person, "seat": seat} for person, seat in zip(crew, SEATS, strict=True)],
        "weather": rng.choice(phrases.WEATHERS),
    }
    moments = sorted(scene.later(start, 10, 400) for _ in range(rng.randint(1, 4)))
    entries = [entry(scene, number, moment, rng.choice(crew)) for number, moment in enumerate(moments, start=1)]
    initials = [
        Signing("initial", row["by"], moments[-1] + dt.timedelta(minutes=number), {}, row=row["no"])
        for number, row in enumerate(entries, start=1)
    ]
    initials[0] = initials[0]._replace(filled={"entries": entries})
    out_at = scene.later(end, 1, 3)
    marks = [_mark("1", "out", crew[0], out_at), _mark("2", "in", relief, scene.later(out_at, 1, 5))]
    signings = [Signing("open", crew[0], opened, facts), *initials, *marks]
    return Story("F-DUTYLOG", f"ZB-{scene.day:%Y%m%d}-{shift}", scene.day, crew[0], opened, signings)


def entry(scene: Scene, number: int, moment: dt.datetime, by: str) -> dict[str, str]:
    kind, description, action = scene.rng.choice(phrases.ENTRIES)
    done = {"action": action} if action else {}
    return {"no": str(number), "at": spell(moment), "kind": kind, "description": description, **done, "by": by}


def _mark(no: str, direction: str, by: str, at: dt.datetime) -> Signing:
    row = {"no": no, "direction": direction, "staff_no": by, "at": spell(at)}
    return Signing("outgoing" if direction == "out" else "incoming", by, at, {"handover_marks": [row]})


def backup(scene: Scene) -> Story:
    """Every night, of the day that has just ended."""
    clerk, custodian = scene.holders("R-CLERK")[0], scene.holders("R-CUSTODIAN")[0]
    created = scene.at(23)
    data = {
        "backup_date": scene.day.isoformat(),
        "range_from": scene.day.isoformat(),
        "range_to": scene.day.isoformat(),
        "media": scene.rng.choice(("server", "cloud", "disk")),
        "place": scene.rng.choice(phrases.PLACES),
        "handled_by": clerk,
    }
    test = {"verified_restore": "true", "verification_note": scene.rng.choice(phrases.CHECKS)}
    signings = [
        Signing("make", clerk, scene.later(created, 5, 15), data),
        Signing("verify", custodian, scene.later(created, 20, 35), test),
    ]
    return Story("F-BACKUP", f"BF-{scene.day:%Y%m}-{scene.serial(1, 1):03d}", scene.day, clerk, created, signings)


def requisitions(scene: Scene) -> Iterator[Story]:
    """Of the newcomer who joins on the day."""
    person = newcomer(scene.day, scene.start)
    if person is None:
        return
    before = max(scene.day.replace(day=1), scene.start)
    earlier = sum(bool(newcomer(before + dt.timedelta(n), scene.start)) for n in range((scene.day - before).days))
    created = scene.later(scene.at(9), 10, 60)
    sizes = scene.rng.choice((("165/84A", "165/70A"), ("170/88A", "170/74A"), ("175/92A", "175/78A")))
    garments = (("top", sizes[0]), ("trousers", sizes[1]), ("tie", "均码"))
    data = {
        "applicant": person,
        "dept": "D-CS",
        "date": scene.day.isoformat(),
        "reason": "new",
        "items": [{"item": item, "size": size, "qty": "2"} for item, size in garments],
        "sets": "2",
    }
    seen = {"is_head": "false"}
    signings = [
        Signing("apply", person, scene.later(created, 2, 10), data, seen),
        Signing("confirm", scene.head_of("D-CS"), scene.later(scene.at(13), 0, 60), {}, seen),
        Signing("hand_out", scene.holders("R-ADMINSTAFF")[0], scene.later(scene.at(15), 0, 60), {}, seen),
    ]
    yield Story("F-UNIAPPLY", f"ZL-{scene.day:%Y%m}-{earlier + 1:03d}", scene.day, person, created, signings)
