"""Sheets of commitments, call notices, contributions and distributions."""

from funds.drafts import CallNoticeDraft, CommitmentDraft, ContributionDraft, DistributionDraft
from funds.intake.columns import FLAG, Column, Kind, Sheet
from funds.kinds import CommitmentChange, DistributionKind

BUSINESS_NO = Column(
    "业务编号",
    "business_no",
    Kind.CODE,
    note="本笔业务的唯一编号；留空时按基金、日期、类型、对方和金额识别。",
)
FUND = Column("基金代码", "fund", Kind.CODE, required=True, example="F001")
INVESTOR = Column(
    "出资人代码", "investor", Kind.CODE, required=True, note="机构、企业或基金的代码。", example="LP01"
)

COMMITMENT_CHANGES = {
    "新增": CommitmentChange.NEW,
    "增资": CommitmentChange.INCREASE,
    "减资": CommitmentChange.DECREASE,
    "转让": CommitmentChange.TRANSFER,
    "撤销": CommitmentChange.CANCEL,
}
DISTRIBUTION_KINDS = {
    "返还本金": DistributionKind.PRINCIPAL,
    "收益": DistributionKind.GAIN,
    "利息": DistributionKind.INTEREST,
}
INSIDE = {"内": True, "外": False}

LEDGER_SHEETS = (
    Sheet(
        "认缴",
        CommitmentDraft,
        (
            BUSINESS_NO,
            FUND,
            INVESTOR,
            Column("变更", "kind", Kind.CHOICE, required=True, choices=COMMITMENT_CHANGES, example="新增"),
            Column(
                "认缴额",
                "amount_fen",
                Kind.MONEY,
                required=True,
                note="变动的金额，一律填正数，方向由“变更”决定。",
                example=30000,
            ),
            Column("受让人代码", "transferee", Kind.CODE, note="变更为“转让”时填写。"),
            Column("签署日", "signed_on", Kind.DATE, required=True, example="2021-03-01"),
            Column("依据", "basis", Kind.TEXT, example="合伙协议"),
        ),
        key=("business_no",),
        total="amount_fen",
    ),
    Sheet(
        "缴款通知",
        CallNoticeDraft,
        (
            Column("通知编号", "notice_no", Kind.CODE, required=True, example="N2021-01"),
            FUND,
            INVESTOR,
            Column("应缴额", "amount_fen", Kind.MONEY, required=True, example=15000),
            Column("通知日", "noticed_on", Kind.DATE, required=True, example="2021-03-05"),
            Column("应缴日", "due_on", Kind.DATE, required=True, example="2021-03-20"),
        ),
        key=("notice_no", "fund", "investor"),
        total="amount_fen",
    ),
    Sheet(
        "实缴",
        ContributionDraft,
        (
            BUSINESS_NO,
            FUND,
            INVESTOR,
            Column("实缴额", "amount_fen", Kind.MONEY, required=True, example=15000),
            Column("到账日", "received_on", Kind.DATE, required=True, example="2021-03-15"),
            Column("通知编号", "notice_no", Kind.CODE, example="N2021-01"),
            Column(
                "认缴内外",
                "is_inside_commitment",
                Kind.CHOICE,
                choices=INSIDE,
                note="留空为“内”；认缴额之外另付的填“外”。",
                example="内",
            ),
        ),
        key=("business_no",),
        total="amount_fen",
    ),
    Sheet(
        "分配",
        DistributionDraft,
        (
            BUSINESS_NO,
            FUND,
            INVESTOR,
            Column("金额", "amount_fen", Kind.MONEY, required=True, example=6500),
            Column("日期", "paid_on", Kind.DATE, required=True, example="2023-06-30"),
            Column(
                "性质", "kind", Kind.CHOICE, required=True, choices=DISTRIBUTION_KINDS, example="返还本金"
            ),
            Column("可循环", "is_recallable", Kind.CHOICE, choices=FLAG, example="否"),
            Column("实物", "is_in_kind", Kind.CHOICE, choices=FLAG, example="否"),
        ),
        key=("business_no",),
        total="amount_fen",
    ),
)
