"""Customer data and papers: who looked, what was changed, handed out, copied and destroyed."""

import datetime as dt
from typing import Any

from benchmarks.scene import Scene
from benchmarks.year.paper import attachment, scan
from benchmarks.year.plan import add_months, moment
from benchmarks.year.year import Year, act, numbered

PURPOSES = ("核实客户反映的重复扣费。", "配合投诉调查调取通话记录。", "答复客户关于合约期限的书面询问。")
SOFTWARE = ("屏幕录制工具 3.2", "话务质检插件 1.8", "表格处理软件 2027")
DESTROYED = ("客户来电登记纸质草稿", "过期排班打印件", "作废的业务受理单")


def work(year: Year, day: dt.date) -> None:
    """On fixed days of the month, or the working days after them."""
    if not year.within(day):
        return
    for date, task in (
        (5, _look_up),
        (8, _change),
        (12, _disclose),
        (14, _copy),
        (19, _look_up),
        (22, _destroy),
        (25, _install),
    ):
        if day == year.working_day(day.replace(day=date)):
            task(year, year.scene(day, task.__name__))


def _customer(scene: Scene) -> str:
    return f"KH{scene.rng.randrange(10**8):08d}"


def _look_up(year: Year, scene: Scene) -> None:
    who = year.crew[scene.day, "early"][0]
    data = {
        "who": who,
        "customer": _customer(scene),
        "purpose": scene.rng.choice(PURPOSES),
        "scope": "近三个月服务记录和账单。",
    }
    seen = {"viewed_at": scene.at(11), "within_scope": True, "records_viewed": "服务记录三份、账单三期"}
    year.record(
        "F-DATAACCESS",
        scene.at(9),
        act("apply", who, scene.at(9, 10), data),
        act("approve", year.one("R-SUPERVISOR"), scene.at(10)),
        act("provide", year.one("R-CLERK"), scene.at(11, 10), seen),
    )


def _change(year: Year, scene: Scene) -> None:
    agent = year.crew[scene.day, "early"][1]
    data = {
        "agent": agent,
        "customer": _customer(scene),
        "field": "phone",
        "old": scene.phone(),
        "new": scene.phone(),
        "basis": "客户本人来电，核对身份证号后四位和服务密码。",
        "requested_by_customer": True,
    }
    year.record(
        "F-DATACHANGE",
        scene.at(10),
        act("apply", agent, scene.at(10, 10), data),
        act("approve", year.one("R-SUPERVISOR"), scene.at(11)),
        act("execute", year.one("R-CLERK"), scene.at(14, 10), {"changed_at": scene.at(14)}),
    )


def _disclose(year: Year, scene: Scene) -> None:
    agent = year.crew[scene.day, "early"][0]
    proof = scan(f"Consent of a customer, {scene.day}")
    name, file = attachment("consent.pdf", proof)
    data = {
        "agent": agent,
        "customer": _customer(scene),
        "recipient": "合作银行信用卡中心",
        "purpose": "客户办理联名卡，核验在网时长。",
        "data": "在网时长和套餐档位，不含通话记录。",
        "basis": "consent",
        "evidence": "客户签署的同意书扫描件。",
        "proof": file,
    }
    told = {"disclosed_at": scene.at(14), "as_listed": True}
    id = year.record(
        "F-DATACONSENT",
        scene.at(10),
        act("take_consent", agent, scene.at(10, 15), data),
        act("review", year.one("R-SUPERVISOR"), scene.at(11)),
        act("disclose", agent, scene.at(14, 10), told),
        files={name: proof},
    )
    year.book["consent"]["last"] = id


def _copy(year: Year, scene: Scene) -> None:
    """Agents copy for outsiders what a customer has agreed to; an accountant takes papers out for a day."""
    agent = year.crew[scene.day, "early"][0]
    lead = year.all("R-TEAMLEAD")[0]
    data: dict[str, Any] = {
        "applicant": agent,
        "kind": "copy",
        "what": "客户在网证明一份。",
        "copies": 1,
        "purpose": "按同意单提供给合作银行。",
        "destination": "合作银行信用卡中心",
        "outside": True,
        "customer_data": True,
        "consent": year.book["consent"]["last"],
    }
    made = {"copied_at": scene.at(15), "copies_made": 1}
    year.record(
        "F-DATACOPY",
        scene.at(14),
        act("apply", agent, scene.at(14, 10), data),
        act("approve", lead, scene.at(14, 40)),
        act("hand_out", year.one("R-CLERK"), scene.at(15, 10), made),
    )


def _destroy(year: Year, scene: Scene) -> None:
    clerk = year.one("R-CLERK")
    ended = add_months(scene.day.replace(day=1), -4) + dt.timedelta(27)
    planned = scene.day
    items = [
        {"name": each, "media": "paper", "qty": 20 + 5 * n, "origin": "D-CS", "basis": "expired"}
        for n, each in enumerate(DESTROYED)
    ]
    checks = [{"ended_on": ended, "retention": "r0", "held": False} for _ in items]
    destroyers = [year.all("R-ADMINSTAFF")[1], year.one("R-CUSTODIAN")]
    data = {
        "planned_at": planned,
        "custodian": clerk,
        "dept": "D-CS",
        "items": numbered(items),
        "checks": numbered(checks),
        "method": "shred",
        "place": "行政部碎纸间",
        "destroyers": destroyers,
        "witness": year.one("R-QUALITY"),
    }
    picture = scan(f"Photo of the shredded papers, {scene.day}")
    name, file = attachment("shredded.pdf", picture)
    done = {"destroyed_at": scene.at(15), "sold_as_waste": False, "proof": [file]}
    year.record(
        "F-DATADESTROY",
        scene.at(9),
        act("list", clerk, scene.at(9, 30), data),
        act("approve", year.manager, scene.at(11)),
        act("destroy", destroyers[0], scene.at(15, 20), done),
        act("destroy", destroyers[1], scene.at(15, 25)),
        act("witness", year.one("R-QUALITY"), scene.at(15, 40)),
        files={name: picture},
    )


def _install(year: Year, scene: Scene) -> None:
    applicant, engineer = year.one("R-QA"), year.one("R-TELECH")
    name = SOFTWARE[scene.day.month % len(SOFTWARE)]
    data = {
        "applicant": applicant,
        "terminal": f"T-{scene.rng.randint(1, 30):02d}",
        "software": name,
        "source": "公司软件库",
        "purpose": "服务质量抽检使用。",
    }
    judged = {"production_related": True, "licensed": True, "risk": "来源可靠，已查杀，无外联。"}
    following = year.working_days_later(scene.day, 1)
    year.record(
        "F-SWINSTALL",
        scene.at(9),
        act("apply", applicant, scene.at(9, 10), data),
        act("assess", engineer, scene.at(11), judged),
        act("approve", year.manager, scene.at(15)),
        act("install", engineer, moment(following, 10), {"installed_at": moment(following, 9, 40), "works": True}),
    )
