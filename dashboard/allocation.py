"""How the C library gives out memory to a server whose threads take turns."""

import ctypes

_ARENAS = -8  # M_ARENA_MAX of the GNU C library's malloc.h


def use_one_arena() -> bool:
    """Let all threads share one arena; false where the C library is another and does as it likes.

    The GNU library gives each thread its own, for threads that run at once. Python's take turns, so that the arenas
    only keep what they once needed: a fifth of a busy process.
    """
    setting = getattr(ctypes.CDLL(None), "mallopt", None)
    return setting is not None and bool(setting(_ARENAS, 1))


def give_back() -> None:
    """Return what was needed at the start alone to the system, before it is shared with the processes."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
