"""The only way to register a callback: with the right it needs, asked each time before it runs."""

from collections.abc import Callable, Mapping
from functools import wraps
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from dash import ClientsideFunction, Dash
from dash.dependencies import DashDependency

from dashboard.answer_text import write_answer
from dashboard.auth.visit import current_visit
from funds.book.look import meeting
from funds.errors import LedgerError
from funds.permissions import Action

Drawn = TypeVar("Drawn")
# The frame itself needs no right: it shows each person only what the pages behind it allow.
SIGNED_IN: Literal["signed_in"] = "signed_in"
Need = Action | Literal["signed_in"]


class BadValues(LedgerError):
    """A browser sent values of another kind than the callback takes."""

    status = 400


class GuardedApp:
    """What pages register their callbacks on; a callback gets the visit and then its own values."""

    def __init__(self, dash: Dash) -> None:
        self._dash = dash
        self.needs: dict[str, Need] = {}

    def callback(
        self, *wiring: DashDependency, needs: Need, **options: Any
    ) -> Callable[[Callable[..., Drawn]], Callable[..., Drawn]]:
        """Register a function of (visit, *values); its annotations say which values it takes."""

        def register(function: Callable[..., Drawn]) -> Callable[..., Drawn]:
            kinds = _value_kinds(function)

            @wraps(function)
            def guarded(*values: object) -> Any:
                visit = current_visit()
                if needs != SIGNED_IN:
                    visit.rights.require_somewhere(Action(needs))
                _check_values(values, kinds)
                with meeting(visit.book, visit.last_head):
                    return write_answer(function(visit, *values))

            guarded.__needs__ = needs  # type: ignore[attr-defined]
            known = set(self._dash.callback_map)
            self._dash.callback(*wiring, **options)(guarded)
            self.needs.update(dict.fromkeys(set(self._dash.callback_map) - known, needs))
            return guarded

        return register

    def clientside(self, function: str, *wiring: DashDependency, **options: Any) -> None:
        """Register a function of the frame's own script; it runs in the browser and asks nothing of us."""
        wired = ClientsideFunction("frame", function)
        self._dash.clientside_callback(wired, *wiring, **options)  # type: ignore[no-untyped-call]


def _value_kinds(function: Callable[..., object]) -> list[object]:
    """The annotations of a callback's values: every parameter after the visit."""
    hints: Mapping[str, object] = get_type_hints(function)
    return [kind for name, kind in hints.items() if name != "return"][1:]


def _check_values(values: tuple[object, ...], kinds: list[object]) -> None:
    if len(values) != len(kinds) or not all(map(_is_kind, values, kinds)):
        raise BadValues("request.bad_values")


def _is_kind(value: object, kind: object) -> bool:
    """Whether a value from JSON is of an annotated kind; a number that JSON wrote as whole is a float too."""
    origin, parts = get_origin(kind) or kind, get_args(kind)
    if kind is Any or kind is object:
        return True
    if origin in (Union, UnionType):
        return any(_is_kind(value, part) for part in parts)
    if kind in (None, NoneType):
        return value is None
    if isinstance(value, bool) or kind is bool:
        return isinstance(value, bool) and kind is bool
    if kind is float:
        return isinstance(value, int | float)
    if not isinstance(origin, type) or not isinstance(value, origin):
        return False
    if isinstance(value, list) and parts:
        return all(_is_kind(item, parts[0]) for item in value)
    return True
