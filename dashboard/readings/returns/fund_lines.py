"""The lines of each fund of a ledger: their sums, where they stand, and what its investors paid and got lately."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from funds.kinds import EntryKind
from funds.queries.columns import NOBODY, EntryColumns, Int
from funds.queries.id_map import IdMap
from funds.queries.loading_columns import Ledger
from funds.queries.memory.flow_sums import FlowSums
from funds.queries.memory.kept_sums import sum_lines
from funds.queries.memory.known_lines import known_rows
from funds.queries.memory.small_numbers import Spread

NOWHERE: Int = np.array([], dtype=np.int64)


@dataclass(frozen=True)
class InvestorFlows:
    """What a fund's investors paid and got: days, parties, fen into the fund +, and the ids of the entries."""

    days: Int
    investors: Int
    amounts: Int
    ids: Int


NO_FLOWS = InvestorFlows(NOWHERE, NOWHERE, NOWHERE, NOWHERE)


class FundLines:
    """The lines of whole funds, of every fund at once where one is asked for. Amounts in fen, into the fund +."""

    def __init__(self, ledger: Ledger) -> None:
        self._entries = ledger.entries
        self._is_indexed = known_rows(ledger) is not None
        self._found: dict[int, EntryColumns] = {}

    def of(self, fund: int) -> EntryColumns:
        """A fund's lines."""
        if fund not in self._found:
            # What was cut from the book as it stands has an index of funds; other lines are sorted once.
            if self._is_indexed:
                self._found[fund] = self._entries.where("fund", [fund])
            else:
                self._found[fund] = self._entries.take(self._places.get(fund, NOWHERE))
        return self._found[fund]

    @cached_property
    def cash(self) -> Mapping[int, int]:
        """The sum of all lines of each fund."""
        return self._sums.by_fund()

    @cached_property
    def paid_in(self) -> Mapping[int, int]:
        """What was paid into each fund."""
        return self._sums.of(EntryKind.PAID_IN).by_fund()

    @cached_property
    def paid_in_by_investor(self) -> Mapping[tuple[int, int], int]:
        """The same by fund and investor."""
        return self._sums.of(EntryKind.PAID_IN).by_pair()

    @cached_property
    def stakes(self) -> Mapping[int, set[int]]:
        """The parties that each fund paid for a stake in."""
        found: dict[int, set[int]] = {}
        for fund, party in self._sums.of(EntryKind.STAKE_PAYMENT).by_pair():
            found.setdefault(fund, set()).add(party)
        return found

    def flows_after(self, days: Mapping[int, int]) -> Mapping[int, InvestorFlows]:
        """What investors paid and got after a day of each fund (a day number), in the order of the lines."""
        lines = self._entries.of_kind(EntryKind.PAID_IN, EntryKind.DISTRIBUTION)
        since = IdMap(days).find(lines.fund)
        lines = lines.take((since != NOBODY) & (lines.day > since))
        order = np.argsort(lines.fund, kind="stable")
        funds, starts = np.unique(lines.fund[order], return_index=True)
        columns = (lines.day, lines.counterparty, lines.amount, lines.id)
        # Without any line there is one piece, of no fund.
        pieces = zip(*(np.split(column[order], starts[1:]) for column in columns), strict=True)
        return {fund: InvestorFlows(*piece) for fund, piece in zip(funds.tolist(), pieces, strict=False)}

    @cached_property
    def _sums(self) -> FlowSums:
        return sum_lines(self._entries)

    @cached_property
    def _places(self) -> Mapping[int, Int]:
        """Where the lines of each fund stand in the ledger."""
        if not len(self._entries):
            return {}
        funds = Spread.of_column(self._entries.source(), "fund")
        small = funds.size <= np.iinfo(np.int16).max  # what is sorted by radix, many times faster
        order = np.argsort(funds.codes.astype(np.int16) if small else funds.codes, kind="stable")
        turns = np.flatnonzero(np.diff(funds.codes[order])) + 1
        names = funds.read(funds.codes[order[[0, *turns.tolist()]]]).tolist()
        return dict(zip(names, np.split(order, turns), strict=True))
