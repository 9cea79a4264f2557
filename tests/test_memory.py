"""Where the databases of a session lie, and that nothing is left of them."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.memory import find_memory, scratch_folder


def test_a_folder_with_room_is_taken(tmp_path: Path) -> None:
    assert find_memory(tmp_path, room=1) == tmp_path


def test_a_folder_without_room_or_none_at_all_is_not(tmp_path: Path) -> None:
    assert find_memory(tmp_path, room=1 << 60) is None
    assert find_memory(tmp_path / "none", room=1) is None


def test_a_folder_goes_with_its_session_also_when_that_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), scratch_folder("trial", tmp_path) as folder:
        (folder / "file").touch()
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_session_left_goes_with_the_next_and_what_is_in_use_stays(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from tests.memory import scratch_folder\n"
        "with scratch_folder('trial', Path(sys.argv[1])) as folder:\n"
        "    print(folder, flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        folder = Path(other.stdout.readline().strip())
        with scratch_folder("trial", tmp_path) as ours:
            assert folder.is_dir()
            other.send_signal(signal.SIGKILL)
            other.wait()
            with scratch_folder("trial", tmp_path):
                assert not folder.exists()
                assert ours.is_dir()
    assert list(tmp_path.iterdir()) == []
