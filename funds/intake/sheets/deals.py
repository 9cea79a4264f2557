"""Sheets of rounds, their investors, investments, money back and fees."""

from funds.drafts import ExitDraft, FeeDraft, InvestmentDraft, RoundDraft, RoundInvestorDraft
from funds.intake.columns import Column, Kind, Sheet
from funds.intake.sheets.ledger import BUSINESS_NO, FUND
from funds.kinds import ExitKind, FeeKind, ShareOrigin

EXIT_KINDS = {
    "IPO减持": ExitKind.IPO_SALE,
    "并购": ExitKind.MERGER,
    "回购": ExitKind.BUYBACK,
    "转让": ExitKind.TRANSFER,
    "清算": ExitKind.LIQUIDATION,
    "分红": ExitKind.DIVIDEND,
    "利息": ExitKind.INTEREST,
    "核销": ExitKind.WRITE_OFF,
}
FEE_KINDS = {
    "管理费": FeeKind.MANAGEMENT,
    "托管费": FeeKind.CUSTODY,
    "合伙费用": FeeKind.PARTNERSHIP,
    "业绩报酬": FeeKind.CARRY,
    "税费": FeeKind.TAX,
    "其他收入": FeeKind.OTHER_INCOME,
}
SHARE_ORIGINS = {"新股": ShareOrigin.PRIMARY, "老股": ShareOrigin.SECONDARY}
COMPANY = Column("企业代码", "company", Kind.CODE, required=True, example="C001")

DEAL_SHEETS = (
    Sheet(
        "轮次",
        RoundDraft,
        (
            Column("轮次编号", "code", Kind.CODE, required=True, example="C001-A"),
            COMPANY,
            Column("轮次", "name", Kind.NAME, required=True, example="A 轮"),
            Column("交割日", "closed_on", Kind.DATE, required=True, example="2021-06-30"),
            Column(
                "轮次总额",
                "total_fen",
                Kind.MONEY,
                required=True,
                note="新股与老股合计，不含贷款。",
                example=12000,
            ),
            Column("其中老股", "secondary_fen", Kind.MONEY, example=2000),
            Column("投后估值", "post_money_fen", Kind.MONEY, example=60000),
            Column("配套贷款", "loan_fen", Kind.MONEY, note="不计入轮次总额。"),
        ),
        key=("code",),
        total="total_fen",
    ),
    Sheet(
        "轮次投资方",
        RoundInvestorDraft,
        (
            Column("轮次编号", "round", Kind.CODE, required=True, example="C001-A"),
            Column("投资方代码", "investor", Kind.CODE, required=True, example="F001"),
            Column("金额", "amount_fen", Kind.MONEY, required=True, example=5000),
            Column(
                "新股老股", "share_origin", Kind.CHOICE, required=True, choices=SHARE_ORIGINS, example="新股"
            ),
        ),
        key=("round", "investor", "share_origin"),
        total="amount_fen",
    ),
    Sheet(
        "投资",
        InvestmentDraft,
        (
            BUSINESS_NO,
            FUND,
            COMPANY,
            Column("轮次编号", "round", Kind.CODE, example="C001-A"),
            Column("决策日", "decided_on", Kind.DATE, example="2021-06-10"),
            Column("付款日", "paid_on", Kind.DATE, required=True, example="2021-06-30"),
            Column("金额", "amount_fen", Kind.MONEY, required=True, example=5000),
            Column("工具", "instrument", Kind.NAME, note="如：增资、受让老股、可转债。", example="增资"),
            Column("持股比例%", "stake_ppm", Kind.PERCENT, example=8.3333),
            Column("回购约定", "buyback", Kind.TEXT),
            Column("反稀释约定", "anti_dilution", Kind.TEXT),
            Column("落地约定", "landing", Kind.TEXT),
        ),
        key=("business_no",),
        total="amount_fen",
    ),
    Sheet(
        "回款",
        ExitDraft,
        (
            BUSINESS_NO,
            FUND,
            COMPANY,
            Column("日期", "exited_on", Kind.DATE, required=True, example="2024-08-20"),
            Column("金额", "amount_fen", Kind.MONEY, required=True, note="核销填 0。", example=4000),
            Column("类型", "kind", Kind.CHOICE, required=True, choices=EXIT_KINDS, example="转让"),
            Column(
                "成本转出",
                "cost_out_fen",
                Kind.MONEY,
                note="部分退出须填“成本转出”或“转让比例%”之一。",
                example=2500,
            ),
            Column(
                "转让比例%",
                "transferred_ppm",
                Kind.PERCENT,
                note="占转让前所持股份的比例。",
                example=50,
            ),
        ),
        key=("business_no",),
        total="amount_fen",
    ),
    Sheet(
        "费用",
        FeeDraft,
        (
            BUSINESS_NO,
            FUND,
            Column("类型", "kind", Kind.CHOICE, required=True, choices=FEE_KINDS, example="管理费"),
            Column("金额", "amount_fen", Kind.MONEY, required=True, example=200),
            Column("日期", "paid_on", Kind.DATE, required=True, example="2021-12-31"),
        ),
        key=("business_no",),
        total="amount_fen",
    ),
)
