"""What the program says: the words of each message code, in Chinese and in English."""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from dashboard.settings import LANGUAGES
from funds.problems import Problem

__all__ = ["LANGUAGES", "WordsBroken", "merge_words", "read_words", "say", "say_problem"]


MOST_SAID = 16_384


class WordsBroken(ValueError):
    """A file of words says something twice, or something that is no sentence."""


class _Given(dict[str, object]):
    """Fills in what is given and leaves the name of what is not, so that a message is never lost."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def say(code: str, language: str, /, **params: object) -> str:
    """The words of a code with its parameters filled in; a code without words says itself."""
    if not params:
        return _say_bare(code, language)
    sentence = read_words(language).get(code)
    return code if sentence is None else sentence.format_map(_Given(params))


@lru_cache(MOST_SAID)
def _say_bare(code: str, language: str) -> str:
    """Most of what a page says has nothing to fill in, and is said on the next page too."""
    sentence = read_words(language).get(code)
    return code if sentence is None else sentence.format_map(_Given())


def say_problem(problem: Problem, language: str) -> str:
    """What is wrong, in words; `where` stands beside it and is also a parameter."""
    return say(problem.code, language, **{"where": problem.where, **problem.params})


@cache
def read_words(language: str) -> Mapping[str, str]:
    """Every message of a language, from all of its files."""
    if language not in LANGUAGES:
        raise WordsBroken(f"no words in {language!r}")
    folder = files(__name__) / language
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    }
    return merge_words(texts)


def merge_words(texts: Mapping[str, str]) -> Mapping[str, str]:
    """The messages of several files as one; a code that stands twice, or is no text, is an error."""
    merged: dict[str, str] = {}
    for name, text in texts.items():
        for code, sentence in tomllib.loads(text).items():
            if code in merged:
                raise WordsBroken(f"{name}: {code} stands in another file too")
            if not isinstance(sentence, str):
                raise WordsBroken(f"{name}: {code} is no text (quote codes: they hold a point)")
            merged[code] = sentence
    return merged
