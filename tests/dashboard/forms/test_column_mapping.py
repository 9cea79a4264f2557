"""What is said of columns: kept as said, used as settled, refused where it does not fit the file."""

from dataclasses import dataclass

import pytest

from dashboard.forms.column_mapping import (
    WHY_LAST,
    WHY_YOURS,
    ColumnMapping,
    TypedFeed,
    Use,
    add_column,
    add_part,
    drop_part,
    propose,
    read_feeds,
    read_said,
    recall,
    write_said,
)
from funds.errors import NotFound
from funds.intake.foreign.mapping import Feed, PartMapping, TableMapping
from funds.intake.foreign.proposing import BY_HEADING

WHY = {"投资.基金代码": BY_HEADING, "投资.金额": "foreign.why_same"}
PAYMENTS = PartMapping("投资", {"基金代码": Feed(words="F1"), "金额": Feed(1)})
PROPOSED = (TableMapping((PAYMENTS,), why=WHY), TableMapping(is_summary=True), TableMapping())
OFFER = TableMapping((PAYMENTS, PartMapping("估值", {"公允价值": Feed(1)})), why={"估值.公允价值": "x"})


@dataclass(frozen=True)
class Wide:
    """A table of three columns."""

    columns: tuple[str, ...] = ("a", "b", "c")


TABLES = (Wide(), Wide(), Wide())


def test_what_is_proposed_is_kept_and_read_again_as_it_was() -> None:
    said = propose(PROPOSED)
    assert said.uses == (Use.TAKE, Use.SUMMARY, Use.LEAVE)
    assert said.settled == PROPOSED
    assert read_said(write_said(said), TABLES) == said
    with pytest.raises(NotFound):
        read_said(write_said(said), TABLES[:2])


def test_a_table_that_is_left_out_keeps_its_columns_for_later() -> None:
    left = read_feeds(propose(PROPOSED), {0: Use.LEAVE, 1: Use.LEAVE}, [], [3, 3, 3])
    assert left.settled == (TableMapping(),) * 3
    assert left.mappings[0].parts == (PAYMENTS,)


def test_only_what_somebody_changed_is_their_choice() -> None:
    typed = [
        TypedFeed(0, "投资", "金额", "1"),
        TypedFeed(0, "投资", "付款日", "2"),
        TypedFeed(0, "投资", "基金代码", "", " F2\n"),
        TypedFeed(0, "估值", "公允价值", "1"),
    ]
    said = read_feeds(propose(PROPOSED), {}, typed, [3, 3, 3]).mappings[0]
    assert said.parts[0].feeds == {"基金代码": Feed(words="F2"), "金额": Feed(1), "付款日": Feed(2)}
    assert said.why == {
        "投资.基金代码": WHY_YOURS,
        "投资.金额": "foreign.why_same",
        "投资.付款日": WHY_YOURS,
    }


@pytest.mark.parametrize("column", ["3", "-1", "x", "00000001", "１"])
def test_a_column_that_the_table_has_not_is_refused(column: str) -> None:
    with pytest.raises(NotFound):
        read_feeds(propose(PROPOSED), {}, [TypedFeed(0, "投资", "金额", column)], [3, 3, 3])


def test_the_last_mapping_comes_again_but_for_words_that_stand_above_this_table() -> None:
    other = (TableMapping((PartMapping("投资", {**PAYMENTS.feeds, "金额": Feed(2)}),), why={}), *PROPOSED[1:])
    above = PartMapping("投资", {"基金代码": Feed(words="F9")})
    now = (TableMapping((above,), why={"投资.基金代码": BY_HEADING}), *PROPOSED[1:])
    said = recall(ColumnMapping(other, (Use.TAKE, Use.LEAVE, Use.LEAVE)), now)
    assert said.mappings[0].parts[0].feeds == {"基金代码": Feed(words="F9"), "金额": Feed(2)}
    assert said.mappings[0].why == {"投资.基金代码": BY_HEADING, "投资.金额": WHY_LAST}
    assert said.uses[1] is Use.LEAVE


def test_sheets_and_columns_are_added_once_and_taken_away() -> None:
    said = add_part(propose(PROPOSED), 2, OFFER, "估值")
    assert (said.uses[2], said.mappings[2].parts, said.mappings[2].why) == (
        Use.TAKE,
        OFFER.parts[1:],
        OFFER.why,
    )
    assert add_part(said, 2, OFFER, "估值") == said
    assert add_part(said, 2, OFFER, "没有") == said
    more = add_column(said, 2, "估值", "方法")
    assert more.mappings[2].parts[0].feeds["方法"] == Feed()
    assert more.settled == said.settled
    assert add_column(more, 2, "估值", "公允价值") == more
    with pytest.raises(NotFound):
        add_column(said, 2, "估值", "没有")
    assert drop_part(said, 2, "估值").mappings[2].parts == ()
