"""What is kept goes when there is too much of it, is worked out once however many ask, and never when it failed."""

from threading import Barrier, Event, Thread

import pytest

from dashboard.readings.answer_store import AnswerStore


def test_an_answer_is_worked_out_once() -> None:
    store, answers = AnswerStore[str](10), iter(["answer"])
    for _ in range(3):
        assert store.find("key", lambda: next(answers)) == "answer"
    assert store.get("key") == "answer"
    assert store.get("other") is None


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    store = AnswerStore[str](3)
    for key in ("a", "b", "c", "a", "d"):
        store.find(key, lambda key=key: key)  # type: ignore[misc]
    assert [store.get(key) for key in "abcd"] == ["a", None, "c", "d"]


def test_answers_count_by_their_weight_and_one_too_heavy_is_not_kept() -> None:
    store = AnswerStore[str](5, len)
    assert store.find("long", lambda: "too long") == "too long"
    assert (len(store), store.weight) == (0, 0)
    for word in ("abc", "de", "f"):
        store.find(word, lambda word=word: word)  # type: ignore[misc]
    assert (len(store), store.weight, store.get("abc")) == (2, 3, None)
    store.clear()
    assert (len(store), store.weight) == (0, 0)


def test_an_answer_that_may_not_be_kept_goes_to_who_asked() -> None:
    store = AnswerStore[int](5)
    assert store.find("key", lambda: 1, lambda _answer: False) == 1
    assert store.find("key", lambda: 2) == 2


def test_a_refusal_is_nobodys_answer() -> None:
    store = AnswerStore[int](5)
    with pytest.raises(ValueError, match="mine"):
        store.find("key", lambda: int("mine"))
    assert store.find("key", lambda: 7) == 7


def test_a_question_that_comes_up_while_it_is_answered_does_not_wait_for_itself() -> None:
    store = AnswerStore[int](5)
    assert store.find("key", lambda: 1 + store.find("key", lambda: 1)) == 2


def test_those_who_ask_at_once_wait_for_one_answer() -> None:
    store, found, started = AnswerStore[int](5), list[int](), Barrier(5)
    works, go_on = list[int](), Event()

    def work_out() -> int:
        works.append(1)
        go_on.wait(5)
        return 42

    def ask() -> None:
        started.wait(5)
        found.append(store.find("key", work_out))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    started.wait(5)
    go_on.set()
    for thread in threads:
        thread.join(5)
    assert (found, len(works)) == ([42] * 4, 1)


def test_those_who_waited_for_a_failure_try_for_themselves() -> None:
    store, begun, go_on = AnswerStore[int](5), Event(), Event()
    found: list[object] = []

    def fail() -> int:
        begun.set()
        go_on.wait(5)
        raise ValueError("theirs")

    def first() -> None:
        with pytest.raises(ValueError, match="theirs"):
            store.find("key", fail)

    def second() -> None:
        found.append(store.find("key", lambda: 7))

    leader, follower = Thread(target=first), Thread(target=second)
    leader.start()
    begun.wait(5)
    follower.start()
    go_on.set()
    for thread in (leader, follower):
        thread.join(5)
    assert found == [7]
