"""Sheets of funds, their parks and their terms."""

from funds.drafts import FundDraft, FundParkDraft, FundTermDraft
from funds.intake.columns import Column, Kind, Sheet
from funds.intake.sheets.parties import LEVELS, SINCE
from funds.kinds import FundClass, FundStatus, ParkRelation, VehicleType

VEHICLE_TYPES = {
    "市级母基金": VehicleType.CITY_MOTHER,
    "行业母基金": VehicleType.INDUSTRY_MOTHER,
    "子基金": VehicleType.SUB_FUND,
    "园区基金": VehicleType.PARK_FUND,
    "专项基金": VehicleType.SPECIAL_FUND,
    "直投基金": VehicleType.DIRECT_FUND,
    "国企基金": VehicleType.SOE_FUND,
}
FUND_CLASSES = {"产业投资": FundClass.INDUSTRIAL, "创业投资": FundClass.VENTURE}
STATUSES = {
    "筹建": FundStatus.PREPARING,
    "募集": FundStatus.RAISING,
    "投资期": FundStatus.INVESTING,
    "退出期": FundStatus.HARVESTING,
    "延长期": FundStatus.EXTENDED,
    "清算": FundStatus.LIQUIDATING,
    "注销": FundStatus.CLOSED,
    "未设立": FundStatus.ABANDONED,
    "财政提前退出": FundStatus.FISCAL_EXIT,
    "管理期": FundStatus.HARVESTING,
}
RELATIONS = {
    "设立": ParkRelation.ESTABLISHED,
    "出资": ParkRelation.FUNDED,
    "落地": ParkRelation.LOCATED,
}

VEHICLE_SHEETS = (
    Sheet(
        "基金",
        FundDraft,
        (
            Column(
                "基金代码",
                "code",
                Kind.CODE,
                required=True,
                note="机构、企业、基金共用一套代码，不得重复。",
                example="F001",
            ),
            Column("名称", "name", Kind.NAME, required=True, example="某某生物医药产业基金（有限合伙）"),
            Column(
                "类型",
                "vehicle_type",
                Kind.CHOICE,
                required=True,
                choices=VEHICLE_TYPES,
                example="子基金",
            ),
            Column("分类", "fund_class", Kind.CHOICE, choices=FUND_CLASSES, example="产业投资"),
            Column("组织形式", "legal_form", Kind.NAME, note="有限合伙、公司或契约。", example="有限合伙"),
            Column("级别", "level", Kind.CHOICE, choices=LEVELS, example="市"),
            Column("管理人代码", "manager", Kind.CODE, note="管理人在“机构”表中的代码。"),
            Column("托管行代码", "custodian", Kind.CODE, note="托管行在“机构”表中的代码。"),
            Column("目标规模", "target_size_fen", Kind.MONEY, example=100000),
            Column("成立日", "established", Kind.DATE, required=True, example="2021-03-01"),
            Column("投资期截止", "invest_end", Kind.DATE, example="2026-02-28"),
            Column("退出期截止", "exit_end", Kind.DATE, example="2028-02-28"),
            Column("延长期截止", "extension_end", Kind.DATE),
            Column("状态", "status", Kind.CHOICE, choices=STATUSES, example="投资期"),
            Column("基金备案编号", "filing_no", Kind.CODE),
            Column("申报投向产业", "fields", Kind.CODES, note="产业代码，多个用分号隔开。", example="SW"),
            SINCE,
        ),
        key=("code", "from_date"),
        total="target_size_fen",
    ),
    Sheet(
        "基金园区",
        FundParkDraft,
        (
            Column("基金代码", "fund", Kind.CODE, required=True, example="F001"),
            Column(
                "园区代码",
                "park",
                Kind.PARK_OR_CITY,
                required=True,
                note="全市性基金填“全市”。",
                example="P01",
            ),
            Column("关系", "relation", Kind.CHOICE, required=True, choices=RELATIONS, example="设立"),
            Column(
                "份额%",
                "share_ppm",
                Kind.PERCENT,
                note="留空为 100%。一只基金同一时间“设立”的份额合计须为 100%。",
                example=100,
            ),
            Column("生效日", "from_date", Kind.DATE, required=True, example="2021-03-01"),
            Column("失效日", "to_date", Kind.DATE),
        ),
        key=("fund", "park", "relation", "from_date"),
    ),
    Sheet(
        "基金条款",
        FundTermDraft,
        (
            Column("基金代码", "fund", Kind.CODE, required=True, example="F001"),
            Column(
                "条款",
                "term",
                Kind.CODE,
                required=True,
                note="如：门槛收益率、管理费率、返投倍数。",
                example="门槛收益率",
            ),
            Column(
                "数值",
                "value_e6",
                Kind.FIGURE_OR_WORDS,
                required=True,
                is_signed=True,
                note="数字或文字；百分数填数字，并在“单位”填 %。",
                example=8,
            ),
            Column("单位", "unit", Kind.CODE, example="%"),
            Column("生效日", "from_date", Kind.DATE, required=True, example="2021-03-01"),
            Column("条款出处", "clause", Kind.TEXT, example="合伙协议第十二条"),
        ),
        key=("fund", "term", "from_date"),
    ),
)
