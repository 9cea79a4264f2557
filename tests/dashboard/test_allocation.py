"""One arena for all threads, and memory that goes back before the processes fork."""

import subprocess
import sys

COUNTED = """
import ctypes, sys, threading
from dashboard.allocation import give_back, use_one_arena
if sys.argv[1] == "one":
    assert use_one_arena()
libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fopen.restype = ctypes.c_void_p
ready = threading.Barrier(6)
def take():
    ready.wait()
    libc.malloc(2000)
    ready.wait()
threads = [threading.Thread(target=take) for _ in range(6)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
give_back()
told = ctypes.c_void_p(libc.fopen(b"/dev/stdout", b"w"))
libc.malloc_info(0, told)
libc.fflush(told)
"""


def _arenas(how: str) -> int:
    run = subprocess.run([sys.executable, "-c", COUNTED, how], capture_output=True, text=True, check=True)
    return run.stdout.count("<heap nr=")


def test_threads_share_one_arena() -> None:
    assert _arenas("one") == 1


def test_without_it_threads_have_their_own() -> None:
    assert _arenas("own") > 1
