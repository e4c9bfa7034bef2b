"""Pages made to be difficult: what people really type, and more of it than anybody planned for."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO

from PIL import Image, ImageDraw

from csdocs.render.html import Page, PrintTemplates
from csdocs.render.pdf import PICTURE_SCHEME
from csdocs.render.view import (
    AmendmentView,
    BlankView,
    ChangeView,
    ChapterView,
    ClauseView,
    DocumentView,
    EnclosureView,
    FieldView,
    FigureView,
    Html,
    RecordView,
    RedlineBlockView,
    RedlineChapterView,
    RedlineClauseView,
    RedlineFieldView,
    RedlineView,
    Runs,
    SectionView,
    SignOffView,
    TableView,
)
from tools.sample import part
from tools.sample.part import IMPRINT, field, signed

RECORD = RecordView(
    title="客服坐席交接班日志",
    subtitle_en="Agent shift handover log",
    number="JB-20261120-early-A01",
    form_id="F-HANDOVER",
    form_revision=2,
    state="已关闭",
    day="2026-11-20",
    sections=(),
    imprint=IMPRINT,
)
SENTENCE = "客户来电反映冰箱第二次维修后仍不制冷，要求当日上门；已致歉并说明流程，约定上午十点前回电。"
LONG_ADDRESS = "https://example.org/" + "path/" * 12 + "a" * 120 + "?query=" + "0123456789abcdef" * 8
WIDTHS = 'ＡＢＣ１２３ABC123（全角）(半角)，,。.：:；;“引”"quote"—–-…～~￥¥％%　全角空格 half'


def table(label: str, *columns: tuple[str, str], rows: tuple[tuple[str, ...], ...] = (), blank: int = 0) -> TableView:
    return TableView(label=label, columns=part.columns(*columns), rows=rows, blank_rows=blank)


def record(*sections: SectionView, **more: object) -> RecordView:
    return replace(RECORD, sections=sections, **more)  # type: ignore[arg-type]


EMPTY = record(
    SectionView(
        title="一、班次",
        content=(
            field("班次"),
            field("坐席"),
            field("到岗时间", kind="time"),
            field("特别提示", kind="long_text", wide=True),
            table("未结事项", ("序号", "code"), ("客户及诉求", "text"), ("时限", "date_time")),
        ),
    ),
    state="草稿",
    imprint=replace(IMPRINT, copy_mark="草案", seal_place=False),
)

KINDS = record(
    SectionView(
        title="一、每一种栏目",
        content=(
            field("文字", "二号话机"),
            field("整数", "143", kind="integer"),
            field("小数", "27.5", kind="decimal"),
            field("金额（元）", "12,360.00", kind="money"),
            field("百分比", "98.6%", kind="percent"),
            field("日期", "2026-11-20", kind="date"),
            field("时间", "07:48", kind="time"),
            field("日期时间", "2026-11-20 07:48", kind="date_time"),
            field("月份", "2026-11", kind="month"),
            field("周", "2026-W47", kind="week"),
            field("时长", "2 小时 30 分钟", kind="duration"),
            field("是否", "是", kind="yes_no"),
            field("选择", "早班 08:00—16:00", kind="choice"),
            field("多选", "电话、在线客服、门店", kind="choice"),
            field("人员", "李晓岚 S1023", kind="staff"),
            field("部门", "客户服务部", kind="department"),
            field("客户", "会员 88213", kind="customer"),
            field("引用", "TS-202611-0047", kind="reference"),
            field("自动计算", "12", kind="integer", computed=True),
            field("空白"),
            field("长文字", SENTENCE, "", "第二段：" + SENTENCE * 2, kind="long_text", wide=True),
            field("附件", "污渍照片.png、录音.wav", kind="file", wide=True),
            field("符号", "☐ ☑ ☒ ✓ ✗ ① ② ㈠ ℃ ‰ № ± × ÷ ≤ ≥ ≠ → ← ㎡ ㎏ 〇 § ° ′ ″ α β μ Ω", wide=True),
            field("全半角", WIDTHS, wide=True),
        ),
    ),
    sign_offs=(signed("交班确认"), signed("接班确认", person="周文", staff_no="S1041")),
)  # fmt: skip

WORDS = record(
    SectionView(
        title="一、很长的词和很窄的栏",
        content=(
            field("网址", LONG_ADDRESS, wide=True),
            field("客户于登记时自行填写的联系方式及方便接听的时段说明", "工作日 19:00 以后"),
            field("工单号", "GD-2026-11-20-000000000000000000000000000001", kind="code"),
            field("无空格的英文", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"),
            field("数字串", "6222020200112233445566778899001122334455667788990011223344556677"),
            table(
                "多栏表格",
                ("序号", "code"), ("日期", "date"), ("时间", "time"), ("客户编号", "customer"), ("经办人员姓名及工号", "staff"), ("金额", "money"),
                ("是否回访", "yes_no"), ("处理结果", "choice"), ("客户原话", "long_text"), ("备注", "text"),
                rows=(
                    ("01", "2026-11-20", "07:48", "会员88213000001234", "欧阳司马诸葛 S1023", "1,234,567.89", "是", "转交技术支持部处理", SENTENCE, LONG_ADDRESS[:90]),
                    ("02", "2026-11-20", "08:15", "88214", "李 S1", "0.00", "否", "已解决", "好", ""),
                ),
            ),
            table("单栏表格", ("说明", "long_text"), rows=((SENTENCE * 4,), ("短",))),
        ),
    ),
    title="关于客户服务部各班组交接班过程中未结投诉事项跟踪处理与回访情况的登记表（含节假日值班）",
    subtitle_en="Register of open complaints handed over between shifts, with follow-up and call-backs, public holidays included",
    number="KJ-20261120-early-S1001-0000000001",
    sign_offs=(signed("交班确认", person="阿不都热合曼·买买提江", post="客户服务部华东大区夜间值班组代理组长", attests=SENTENCE * 3),),
)  # fmt: skip

ROWS = record(
    SectionView(
        title="一、本月来电",
        content=(
            table(
                "来电明细",
                ("序号", "code"), ("时间", "date_time"), ("客户", "customer"), ("诉求与处理", "long_text"), ("用时（秒）", "integer"), ("经办人", "staff"),
                rows=tuple(
                    (f"{n:03}", f"2026-11-{n % 28 + 1:02} {n % 12 + 8:02}:{n % 60:02}", f"会员 {88000 + n}", SENTENCE[: 8 + n * 7 % 38], str(40 + n * 37 % 900), "周文 S1041")
                    for n in range(1, 201)
                ),
            ),
        ),
    ),
    sign_offs=(signed("填报"), signed("复核", person="韩梅", staff_no="S0312", post="客服主管")),
)  # fmt: skip

PAGES = record(
    *(
        SectionView(
            title=f"第 {part} 部分",
            content=(
                field("事项", f"第 {part} 项"),
                field("日期", "2026-11-20", kind="date"),
                field("经过", *(f"{n}．{SENTENCE * (n % 3 + 2)}" for n in range(1, 11)), kind="long_text", wide=True),
            ),
        )
        for part in range(1, 33)
    ),
    sign_offs=(signed("填报"), signed("复核")),
)

SIGNATURES = record(
    SectionView(title="一、申请", content=(field("申请类别", "到期换发"), field("数量", "2", kind="integer"))),
    state="退回修改",
    sign_offs=(
        signed("申请"),
        signed("部门负责人审批", decision="驳回", comment="数量与编制不符，请核对后重新提交。", person="韩梅", staff_no="S0312", post="客服主管"),
        signed("部门负责人审批", decision="同意", comment=SENTENCE * 2, person="韩梅", staff_no="S0312", post="客服主管"),
        signed("仓管发放", verified=False, reason="签名时密钥已吊销", person="赵一鸣", staff_no="S1066", post="仓管员"),
        signed("领用确认", attests="", verified=False, reason="签署后内容被改动"),
    ),
    findings=("REG-UNIFORM/4：换发应满 24 个月，实际 22 个月。", "REG-HANDOVER/1：接班人应至少提前 15 分钟到岗，实际提前 12 分钟。" + SENTENCE),
)  # fmt: skip

AMENDED = record(
    SectionView(title="一、受理", content=(field("客户编号", "88213", kind="customer"), field("受理时间", "2026-11-18 09:26", kind="date_time"))),
    number="TS-202611-0047.a3",
    sign_offs=(signed("受理人签字"),),
    amendments=(
        AmendmentView(id="TS-202611-0047.a1", at="2026-11-18 16:02", person="周文 S1041", reason="客户编号末位登记有误，已与来电记录核对"),
        AmendmentView(id="TS-202611-0047.a2", at="2026-11-19 09:10", person="周文 S1041", reason=SENTENCE * 2),
        AmendmentView(id="TS-202611-0047.a3", at="2026-11-20 10:30", person="韩梅 S0312", reason="补记"),
    ),
)  # fmt: skip

VOID = replace(AMENDED, state="已作废", imprint=replace(IMPRINT, copy_mark="作废", seal_place=False))

TRADITIONAL = record(
    SectionView(
        title="一、受理",
        content=(
            field("受理管道", "熱線", kind="choice"),
            field("會員編號", "88213", kind="customer"),
            field("客訴內容", "臺灣門市於週六送達之冰箱，兩次維修後仍無法製冷；請於三日內換貨，並賠償食品損失新臺幣 3,600 元。", kind="long_text", wide=True),
            field("處理結果", "已為客戶換機，並致電說明；鄰里、裏外、峯峰、著着、麪麵、衞衛、爲為、説說、鷄雞、龍龜。", kind="long_text", wide=True),
        ),
    ),
    title="客訴受理與處理單",
    subtitle_en="Complaint record",
    sign_offs=(signed("受理人簽名", attests="受理內容為客戶原意，未作刪改。", person="賴怡靜", post="專員"),),
    imprint=replace(IMPRINT, organisation="雲杉家電客戶服務中心"),
)  # fmt: skip

ENGLISH = record(
    SectionView(
        title="1. Shift",
        content=(
            field("Shift", "Early 08:00–16:00", kind="choice"),
            field("Minutes before the shift began", "12", kind="integer", computed=True),
            field("Notes", "Deliveries peak today; answer questions about arrival with the published wording. " * 3, kind="long_text", wide=True),
            table(
                "Open matters",
                ("No.", "code"), ("Kind", "choice"), ("Customer and request", "text"), ("State and next step", "long_text"), ("Due", "date_time"),
                rows=(("01", "Complaint", "Member 88213, refrigerator still warm after second repair", "Station confirmed a failed compressor; call back by ten", "2026-11-20 10:00"),),
            ),
        ),
    ),
    title="Agent shift handover log",
    subtitle_en="",
    state="Closed",
    sign_offs=(signed("Outgoing agent", attests="All of this is true, and open matters were explained in person.", person="Li Xiaolan", post="Agent"),),
    imprint=replace(IMPRINT, organisation="Spruce Appliance Service Centre", copy_mark="Controlled", made_from="commit 4c1e9a72d0b3 · as of 2026-11-20", language="en"),
)  # fmt: skip

BLANK = BlankView(
    title="制服领用申请表",
    subtitle_en="Uniform requisition",
    form_id="F-UNIAPPLY",
    form_revision=1,
    sections=(
        SectionView(
            title="一、申请",
            content=(
                field("申请人"),
                field("部门"),
                FieldView(label="申请类别", kind="choice", wide=True, choices=("新入职配发", "到期换发", "损坏补发", "遗失补领", "换季", "岗位变动后更换款式及尺码")),
                FieldView(label="尺码已量", kind="yes_no", choices=("是", "否")),
                table("领用明细", ("序号", "code"), ("品名", "text"), ("规格", "text"), ("数量", "integer"), ("单价（元）", "money"), blank=5),
                field("备注", kind="long_text", wide=True),
            ),
        ),
    ),
    steps=(
        SignOffView(title="申请人签字", attests="本人申请领用上列制服，内容属实。"),
        SignOffView(title="部门负责人确认", attests="情况属实，同意领用。" + SENTENCE),
        SignOffView(title="仓管发放", attests="上列物品已当面点清发放。"),
    ),
    imprint=replace(IMPRINT, seal_place=False, code="F-UNIAPPLY r1 4c1e9a72"),
)  # fmt: skip

_CLAUSES = (
    "<p>接班人员应在班次开始前 15 分钟到岗，先阅读<a href='#clause-REG-HANDOVER-3'>第三条</a>所列日志，再与交班人员<em>当面</em>核对<strong>未结事项</strong>。</p>",
    "<p>交班人员应当逐项说明：</p><ol><li>未结的投诉、预约和承诺回电；</li><li>系统、话机、耳麦等设备的异常；</li><li>上级临时通知以及对外答复口径："
    "<ol><li>通知原文的出处；</li><li>口径的起止时间。" + SENTENCE + "</li></ol></li></ol><p>下列情形除外：</p><ul><li>节假日停班；</li><li>系统整体停机。</li></ul>",
    "<p>" + SENTENCE * 4 + "</p>",
    "<p>（删除）</p>",
    (
        "<p>处理时限如下：</p><table><thead><tr><th scope='col'>情形</th><th scope='col'>处理人</th><th scope='col'>时限</th></tr></thead><tbody>"
        "<tr><td>客户来电未完即交班</td><td>交班人员</td><td>通话结束后 5 分钟内</td></tr><tr><td>系统故障跨班</td><td>接班人员</td><td>每 30 分钟登记一次</td></tr></tbody></table>"
    ),
    "<blockquote><p>“您好，很抱歉让您久等。”</p></blockquote><p>工单前缀为 <code>GD-</code>。</p><pre><code>GD-20261120-0001\n    转交 → 技术支持部\n</code></pre><hr>",
)  # fmt: skip
DOCUMENT = DocumentView(
    title="交接班管理规定",
    title_en="Shift handover",
    id="REG-HANDOVER",
    revision=2,
    effective="2026-11-20",
    owner="客户服务部经理",
    chapters=(
        ChapterView(title="第一章　交接要求", anchor="chapter-1", intro=Html("<p>" + SENTENCE + "</p>")),
        ChapterView(
            title="第二章　时限与检查",
            anchor="chapter-2",
            clauses=tuple(
                ClauseView(
                    number=f"第{'一二三四五六'[n]}条",
                    anchor=f"clause-REG-HANDOVER-{n + 1}",
                    body=Html(body),
                    deleted="删除" in body,
                )
                for n, body in enumerate(_CLAUSES)
            ),
        ),
    ),
    changes=(
        ChangeView(revision="2", date="2026-11-20", kind="重大", summary="提前到岗改为 15 分钟", reason="十月多次交接仓促"),
        ChangeView(revision="1", date="2026-01-01", kind="重大", summary="发布", reason=SENTENCE),
    ),
    sign_offs=(signed("起草提交", attests="本人起草本版，内容与修改说明一致。"), signed("批准", attests="准予发布。", person="韩梅", staff_no="S0312", post="客服经理")),
    imprint=replace(IMPRINT, code="REG-HANDOVER r2 4c1e9a72"),
)  # fmt: skip
PENDING = replace(
    DOCUMENT, chapters=DOCUMENT.chapters[:1], sign_offs=(), imprint=replace(IMPRINT, copy_mark="尚未生效")
)


def passage(
    status: str, *runs: tuple[str, str], kind: str = "paragraph", depth: int = 0, marker: str = ""
) -> RedlineBlockView:
    return RedlineBlockView(status=status, kind=kind, depth=depth, marker=marker, rows=((runs,),))


def _same(text: str) -> Runs:
    return (("equal", text),)


REDLINE = RedlineView(
    title="交接班管理规定",
    title_en="Shift handover",
    id="REG-HANDOVER",
    before="第 1 版",
    after="第 2 版",
    kind="重大",
    changes=DOCUMENT.changes[:1],
    fields=(RedlineFieldView(label="生效日期", before="2026-01-01", after="2026-11-20"), RedlineFieldView(label="下次复审", before="", after="2027-11-20")),
    parameters=(RedlineFieldView(label="提前到岗", note="handover_lead_min", before="10 分钟", after="15 分钟"),),
    chapters=(
        RedlineChapterView(
            number="第一章　",
            title=(("equal", "交接"), ("delete", "办法"), ("insert", "要求")),
            clauses=(
                RedlineClauseView(
                    status="changed", status_words="修改", number="第一条", reasons=("第 2 版：十月多次交接仓促",),
                    blocks=(
                        passage("changed", ("equal", "接班人员应在班次开始前 "), ("delete", "10"), ("insert", "15"), ("equal", " 分钟到岗，" + SENTENCE)),
                        passage("added", ("insert", "先阅读上一班的日志；"), depth=1, marker="（一）"),
                        passage("same", ("equal", "再当面核对未结事项。"), depth=1, marker="（二）"),
                    ),
                ),
                RedlineClauseView(status="added", status_words="新增", number="第二条", blocks=(passage("added", ("insert", SENTENCE)),)),
                RedlineClauseView(status="deleted", status_words="删除", number="第三条", blocks=(passage("deleted", ("delete", SENTENCE)),)),
                RedlineClauseView(
                    status="changed", status_words="修改", number="第四条",
                    blocks=(RedlineBlockView(status="changed", kind="table", rows=((_same("情形"), _same("时限")), (_same("系统故障跨班"), (("delete", "60"), ("insert", "30"), ("equal", " 分钟"))))),),
                ),
                RedlineClauseView(status="same", status_words="", number="第五条", blocks=(passage("same", ("equal", "交接以双方签字为完成。")),)),
            ),
        ),
    ),
    imprint=replace(IMPRINT, copy_mark="修订对照", seal_place=False),
)  # fmt: skip


def _drawing(width: int, height: int) -> bytes:
    """A ramp with a frame: what is scaled, turned or cut shows it."""
    ramp = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    pen = ImageDraw.Draw(ramp)
    pen.rectangle(
        (width // 10, height // 10, width - width // 10, height - height // 10), outline=(163, 39, 31), width=9
    )
    pen.line((0, 0, width // 2, height // 2), fill=(29, 30, 32), width=9)
    out = BytesIO()
    ramp.save(out, format="PNG")
    return out.getvalue()


PICTURES = {
    f"{PICTURE_SCHEME}{n + 1}": _drawing(*size)
    for n, size in enumerate(((480, 360), (300, 420), (420, 90), (1000, 500)))
}


def _figure(number: int, width: float, height: float, name: str) -> FigureView:
    return FigureView(
        title=f"图 {number}　现场照片：{name}",
        facts="480×360 px · 84.3 KB · SHA-256 5bb37e8bac6868b0…",
        alternative=f"附件图片，现场照片：{name}",
        source=f"{PICTURE_SCHEME}{number}",
        width=width,
        height=height,
    )


def _enclosure(name: str, remark: str, *, trouble: bool = False) -> EnclosureView:
    return EnclosureView(
        name=name, field="现场照片", size="84.3 KB", digest="5bb37e8bac6868b0", remark=remark, trouble=trouble
    )


FIGURES = record(
    SectionView(title="一、受理", content=(field("现场照片", "门封.jpg、铭牌.jpg、条码.png、现场.jpg", kind="file", wide=True),)),
    sign_offs=(signed("受理人签字"),),
    enclosures=(
        _enclosure("门封.jpg", "见图 1；嵌入本 PDF"),
        _enclosure("检测报告（第三方出具，含逐项数据与结论）.pdf", "仅列名，原件在记录库"),
        _enclosure("录音.wav", "文件缺失", trouble=True),
        _enclosure("发票.jpg", "文件内容与登记不符", trouble=True),
    ),
    figures=(_figure(1, 81.3, 61, "门封.jpg"), _figure(2, 50.8, 71.1, "铭牌.jpg"), _figure(3, 30, 6.4, "条码.png"), _figure(4, 169.3, 84.7, "现场.jpg")),
)  # fmt: skip

PagesByName = Mapping[str, Callable[[PrintTemplates], Page]]
DIFFICULT: PagesByName = {
    "empty": lambda templates: templates.record(EMPTY),
    "kinds": lambda templates: templates.record(KINDS),
    "words": lambda templates: templates.record(WORDS),
    "rows-200": lambda templates: templates.record(ROWS),
    "pages-30": lambda templates: templates.record(PAGES),
    "signatures": lambda templates: templates.record(SIGNATURES),
    "amended": lambda templates: templates.record(AMENDED),
    "void": lambda templates: templates.record(VOID),
    "figures": lambda templates: templates.record(FIGURES),
    "traditional": lambda templates: templates.record(TRADITIONAL),
    "english": lambda templates: templates.record(ENGLISH),
    "blank": lambda templates: templates.blank(BLANK),
    "document": lambda templates: templates.document(DOCUMENT),
    "pending": lambda templates: templates.document(PENDING),
    "redline": lambda templates: templates.redline(REDLINE),
}
