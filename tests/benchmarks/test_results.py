"""What is kept of a run: each job's section is renewed alone, and goals that were missed are said so."""

from pathlib import Path

from benchmarks.__main__ import JOBS, read_arguments
from benchmarks.machine import describe_machine, read_processor
from benchmarks.race import Row, compare
from benchmarks.results import keep_results, read_sections

MACHINE = {"date": "2026-01-01", "processor": "a | b, 2 cores"}
RATES = [
    compare("rates", "1 ms", "5 ms", 5.0, 2.5),
    Row("one call", "9 µs", "1 µs", 0.1, "≥ 0.33 ×", met=False),
]
LOAD = [Row("load", "3 requests", "told", None, "", None)]


def test_the_sections_of_other_jobs_stay(tmp_path: Path) -> None:
    place = tmp_path / "RESULTS.md"
    keep_results({"load": LOAD}, MACHINE, list(JOBS), place)
    keep_results({"rates": RATES}, MACHINE, list(JOBS), place)
    first = read_sections(place.read_text("utf-8"))
    keep_results({"rates": RATES[:1]}, {**MACHINE, "date": "2026-02-02"}, list(JOBS), place)
    again = read_sections(place.read_text("utf-8"))

    assert list(first) == list(again) == ["rates", "load"]
    assert first["load"] == again["load"]
    assert "2026-02-02" in again["rates"]


def test_what_was_missed_is_named_with_its_goal(tmp_path: Path) -> None:
    place = tmp_path / "RESULTS.md"
    keep_results({"rates": RATES}, MACHINE, list(JOBS), place)
    text = place.read_text("utf-8")
    assert "1 of 2 goals met. Missed:" in text
    assert "- one call: 9 µs, ratio 0.10, goal ≥ 0.33 ×" in text
    assert "| one call | 9 µs | 1 µs | 0.10 | ≥ 0.33 × | **MISSED** |" in text


def test_the_machine_is_told_without_a_name_of_a_host_or_a_folder(tmp_path: Path) -> None:
    told = describe_machine()
    assert {"date", "commit", "processor", "memory", "Python", "libraries"} <= set(told)
    assert "/home" not in str(told)
    information = tmp_path / "cpuinfo"
    information.write_text("processor\t: 0\nmodel name\t: Abacus 3000\n", encoding="utf-8")
    assert read_processor(information) == "Abacus 3000"
    assert read_processor(tmp_path / "absent")


def test_every_job_is_a_module_that_can_be_named() -> None:
    assert read_arguments(["rates", "load", "--people", "3"]).people == 3
    for module in JOBS.values():
        assert Path(module.replace(".", "/")).with_suffix(".py").is_file(), module
