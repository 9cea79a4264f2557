"""What leaves a holding was in it: exits and marks need an investment, and cost goes only where it is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from funds.kinds import EntryKind, ExitKind
from funds.measures import WHOLE_PPM
from funds.models import BookRow, Company, Entry, Exit, Holding, Mark
from funds.models.visibility import visible
from funds.money import format_fen
from funds.queries.codes import each_chunk
from funds.queries.costs import NO_COST, Return, cost_given_up
from funds.rules.breaches import Breach, Reach


@dataclass(frozen=True)
class Event:
    """An investment (no kind), an exit or a mark of one holding."""

    day: date
    table: str
    row_id: int
    amount_fen: int = 0
    kind: ExitKind | None = None
    cost_out_fen: int | None = None
    transferred_ppm: int | None = None


@dataclass(frozen=True)
class Fall:
    """A rule that one event of a holding breaks."""

    code: str
    event: Event
    fields: tuple[str, ...]
    held_fen: int = 0


def check_holdings(reach: Reach) -> Iterator[Breach]:
    """Every exit and mark that has nothing, or too little, to rest on."""
    falls = [(holding, fall) for holding, events in _read_events(reach).items() for fall in follow(events)]
    names = _name_holdings(reach, {holding for holding, _ in falls})
    for holding, fall in falls:
        fund, company = names[holding]
        params = {
            "fund": fund,
            "company": company,
            "day": fall.event.day,
            "held": format_fen(fall.held_fen),
            "cost_out": format_fen(fall.event.cost_out_fen or 0),
        }
        suspicion = f"holding/{fund}/{company}"
        yield Breach(fall.code, fall.event.table, fall.event.row_id, fall.fields, suspicion, params)


def follow(events: Iterable[Event]) -> Iterator[Fall]:
    """Walk through one holding's events; on one day investments come before exits."""
    cost = 0
    is_known = is_gone = False
    for event in sorted(events, key=lambda event: (event.day, event.table != "entry", event.row_id)):
        if event.table == "entry":
            cost, is_known, is_gone = cost + event.amount_fen, True, False
        elif not is_known:
            yield Fall("holding.none", event, ("company",))
        elif event.kind is not None and event.kind not in NO_COST:
            if (event.cost_out_fen or 0) > cost:
                yield Fall("exit.over_cost", event, ("cost_out_fen",), cost)
            elif is_gone and event.transferred_ppm is not None:
                yield Fall("exit.nothing_held", event, ("transferred_ppm",))
            out = _cost_out(event, event.kind, cost)
            is_gone = is_gone or _empties(event, out, cost)
            cost -= out


def _cost_out(event: Event, kind: ExitKind, cost: int) -> int:
    return cost_given_up(cost, Return(0, kind, event.amount_fen, event.cost_out_fen, event.transferred_ppm))


def _empties(event: Event, out: int, cost: int) -> bool:
    if event.transferred_ppm is not None:
        return event.transferred_ppm == WHOLE_PPM
    return out == cost


def _read_events(reach: Reach) -> dict[int, list[Event]]:
    events: dict[int, list[Event]] = defaultdict(list)
    paid = select(Entry.holding_id, Entry.moved_on, Entry.id, Entry.amount_fen).where(
        Entry.kind == EntryKind.INVESTMENT, visible(Entry, reach.version)
    )
    for row in _rows(reach, paid, Entry.holding_id):
        events[row[0]].append(Event(row[1], "entry", row[2], -row[3]))
    returned = select(
        Exit.holding_id,
        Exit.exited_on,
        Exit.id,
        Exit.amount_fen,
        Exit.kind,
        Exit.cost_out_fen,
        Exit.transferred_ppm,
    ).where(visible(Exit, reach.version))
    for row in _rows(reach, returned, Exit.holding_id):
        events[row[0]].append(Event(row[1], "exit", *row[2:]))
    marked = select(Mark.holding_id, Mark.valued_on, Mark.id).where(visible(Mark, reach.version))
    for row in _rows(reach, marked, Mark.holding_id):
        events[row[0]].append(Event(row[1], "mark", row[2]))
    return events


def _rows(reach: Reach, query: Select[*tuple[Any, ...]], holding_id: Any) -> Any:
    sources: list[tuple[type[BookRow], Select[Any]]] = [
        (Entry, select(Entry.holding_id).where(Entry.holding_id.is_not(None))),
        (Exit, select(Exit.holding_id)),
        (Mark, select(Mark.holding_id)),
    ]
    return reach.connection.execute(query.where(reach.touched(holding_id, *sources)))


def _name_holdings(reach: Reach, holding_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The codes of fund and firm of each holding."""
    query = select(Holding.id, Holding.fund_id, Company.party_id).join(
        Company, Company.id == Holding.company_id
    )
    rows = [
        row
        for piece in each_chunk(holding_ids)
        for row in reach.connection.execute(query.where(Holding.id.in_(piece)))
    ]
    funds = reach.fund_codes(row.fund_id for row in rows)
    parties = reach.party_codes(row.party_id for row in rows)
    return {row.id: (funds[row.fund_id], parties[row.party_id]) for row in rows}
