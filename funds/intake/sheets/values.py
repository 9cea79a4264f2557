"""Sheets of balances, marks, net asset values, indicators, index levels, published figures and claims."""

from funds.drafts import (
    BalanceDraft,
    ClaimDraft,
    CompanyFigureDraft,
    IndexLevelDraft,
    LocalInvestmentDraft,
    MarkDraft,
    NavDraft,
    ParkFigureDraft,
    ReportedFigureDraft,
)
from funds.intake.columns import FLAG, Column, Kind, Sheet
from funds.intake.sheets.deals import COMPANY
from funds.intake.sheets.ledger import FUND
from funds.kinds import BalanceItem, Basis, MarkMethod, NavSource

BALANCE_ITEMS = {
    "银行存款": BalanceItem.BANK_DEPOSIT,
    "应计管理费": BalanceItem.ACCRUED_MANAGEMENT_FEE,
    "应计报酬": BalanceItem.ACCRUED_CARRY,
    "其他应收": BalanceItem.OTHER_RECEIVABLE,
    "其他应付": BalanceItem.OTHER_PAYABLE,
}
MARK_METHODS = {
    "近期融资价格": MarkMethod.RECENT_ROUND,
    "市场乘数": MarkMethod.MULTIPLES,
    "行业指标": MarkMethod.INDUSTRY_METRIC,
    "现金流折现": MarkMethod.DISCOUNTED_CASH_FLOW,
    "净资产": MarkMethod.NET_ASSETS,
    "其他": MarkMethod.OTHER,
    "最近融资价格": MarkMethod.RECENT_ROUND,
}
NAV_SOURCES = {"管理人报告": NavSource.MANAGER_REPORT, "审计": NavSource.AUDIT}
BASES = {"认缴": Basis.COMMITTED, "实缴": Basis.PAID_IN}
PARK_INDICATORS = {f"S{number:02d}": f"S{number:02d}" for number in range(2, 21)}
PERIOD = Column(
    "期间", "period", Kind.PERIOD, required=True, note="年 2025、季 2025-Q4 或月 2025-12。", example="2025"
)
VALUE = Column("数值", "value_e6", Kind.FIGURE, required=True, is_signed=True, example=62.5)
UNIT = Column("单位", "unit", Kind.CODE, example="%")
SOURCE = Column("来源", "source", Kind.TEXT, example="统计局")

VALUE_SHEETS = (
    Sheet(
        "余额",
        BalanceDraft,
        (
            FUND,
            Column("日期", "filed_on", Kind.DATE, required=True, example="2025-12-31"),
            Column("项目", "item", Kind.CHOICE, required=True, choices=BALANCE_ITEMS, example="银行存款"),
            Column("金额", "amount_fen", Kind.MONEY, required=True, note="一律填正数。", example=16200),
        ),
        key=("fund", "filed_on", "item"),
        total="amount_fen",
    ),
    Sheet(
        "估值",
        MarkDraft,
        (
            FUND,
            COMPANY,
            Column("估值日", "valued_on", Kind.DATE, required=True, example="2025-12-31"),
            Column(
                "公允价值",
                "fair_value_fen",
                Kind.MONEY,
                required=True,
                note="所持全部股份的价值。",
                example=6800,
            ),
            Column(
                "方法", "method", Kind.CHOICE, required=True, choices=MARK_METHODS, example="近期融资价格"
            ),
            Column("依据", "evidence", Kind.TEXT),
        ),
        key=("fund", "company", "valued_on"),
        total="fair_value_fen",
    ),
    Sheet(
        "基金净值",
        NavDraft,
        (
            FUND,
            Column("日期", "valued_on", Kind.DATE, required=True, example="2025-12-31"),
            Column("净值", "nav_fen", Kind.MONEY, required=True, is_signed=True, example=71300),
            Column("出资人代码", "investor", Kind.CODE, note="某一出资人的资本账户；整只基金留空。"),
            Column("来源", "source", Kind.CHOICE, choices=NAV_SOURCES, example="管理人报告"),
        ),
        key=("fund", "valued_on", "investor"),
        total="nav_fen",
    ),
    Sheet(
        "企业指标",
        CompanyFigureDraft,
        (
            COMPANY,
            Column("指标", "indicator", Kind.CODE, required=True, example="年产值"),
            PERIOD,
            VALUE,
            UNIT,
            SOURCE,
        ),
        key=("company", "indicator", "period"),
    ),
    Sheet(
        "园区指标",
        ParkFigureDraft,
        (
            Column(
                "园区代码", "park", Kind.PARK_OR_CITY, required=True, note="全市合计填“全市”。", example="P01"
            ),
            Column("指标", "indicator", Kind.CHOICE, required=True, choices=PARK_INDICATORS, example="S02"),
            PERIOD,
            VALUE,
            UNIT,
            SOURCE,
            Column("责任单位", "owner", Kind.NAME, example="园区管委会"),
            Column("证据", "evidence", Kind.TEXT, note="文件名称、文号或档案位置。"),
        ),
        key=("park", "indicator", "period"),
    ),
    Sheet(
        "指数",
        IndexLevelDraft,
        (
            Column("指数代码", "index_code", Kind.CODE, required=True, example="H00300"),
            Column("日期", "quoted_on", Kind.DATE, required=True, example="2025-12-31"),
            Column("点位", "level_e6", Kind.FIGURE, required=True, example=1155),
            Column("全收益", "is_total_return", Kind.CHOICE, choices=FLAG, example="是"),
        ),
        key=("index_code", "quoted_on"),
    ),
    Sheet(
        "公开数据",
        ReportedFigureDraft,
        (
            Column("对象", "subject", Kind.NAME, required=True, example="某某市产业基金集群"),
            Column("说法", "statement", Kind.TEXT, required=True, example="总规模突破 3000 亿元"),
            Column("数值", "value_e6", Kind.FIGURE, required=True, is_signed=True, example=3000),
            Column("日期", "stated_on", Kind.DATE, required=True, example="2025-12-31"),
            Column("出处", "source", Kind.TEXT, required=True, example="某某市政府网站"),
        ),
        key=("subject", "statement", "stated_on"),
    ),
    Sheet(
        "申报",
        ClaimDraft,
        (
            FUND,
            Column("季度", "quarter", Kind.QUARTER, required=True, note="如 2025-Q4。", example="2025-Q4"),
            Column(
                "定义", "definition", Kind.CODE, required=True, note="定义代码，如 LV04。", example="LV04"
            ),
            Column("口径", "basis", Kind.CHOICE, required=True, choices=BASES, example="实缴"),
            Column("数值", "value_e6", Kind.FIGURE, required=True, is_signed=True, example=1.5),
            Column("社会资本额", "social_fen", Kind.MONEY, example=45000),
        ),
        key=("fund", "quarter", "definition", "basis"),
        total="social_fen",
    ),
    Sheet(
        "返投认定",
        LocalInvestmentDraft,
        (
            FUND,
            COMPANY,
            Column("认定额", "amount_fen", Kind.MONEY, required=True, example=5000),
            Column("日期", "recognised_on", Kind.DATE, required=True, example="2022-12-31"),
            Column("依据", "basis", Kind.TEXT, example="返投认定书"),
        ),
        total="amount_fen",
    ),
)
