"""The five states of a project on one line, with the day of each."""

from dash import html
from dash.development.base_component import Component

from dashboard.auth.visit import Visit
from dashboard.readings.portfolio.project_life import Step, current_state


def draw_steps(visit: Visit, steps: list[Step]) -> Component:
    """立项 → 投决 → 交割 → 投后 → 退出 with their days."""
    current = current_state(steps)
    return html.Ol(
        [
            html.Li(
                [
                    html.Span(visit.say(f"trail.projectstate_{step.state}"), className="step-name"),
                    html.Span(_write_day(visit, step), className="step-day"),
                ],
                className=_name_class(step, is_current=step.state is current),
                title=step.decision_no or step.words or "",
            )
            for step in steps
        ],
        className="project-steps",
    )


def _name_class(step: Step, *, is_current: bool) -> str:
    names = ["step", "step-reached" if step.day else "", "step-now" if is_current else ""]
    return " ".join(name for name in names if name)


def _write_day(visit: Visit, step: Step) -> str:
    if step.day is None:
        return visit.say("record_deal.step_open")
    if step.is_overruled:
        return visit.say("record_deal.step_overruled", day=step.day.isoformat())
    return step.day.isoformat()
