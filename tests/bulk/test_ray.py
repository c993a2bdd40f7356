"""The same job on Ray, also when one of its processes is killed. One Ray for the whole module.

Ray is started by a process of its own: what it leaves open and prints is none of the tests'.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from .conftest import Done
from .making import children, tables

pytestmark = pytest.mark.skipif(find_spec("ray") is None, reason="no Ray here; pip install 'marsad[scale]'")

JOB = """
import sys
from marsad import bulk
from marsad.bulk import partitions
partitions.DOCUMENTS = 4
def told(progress):
    print("told", progress.documents, flush=True)
print("made", bulk.read(sys.argv[2:], sys.argv[1], workers=2, ray_address="local", told=told), flush=True)
"""


def test_it_gives_what_the_pool_gives_when_a_worker_is_killed(done: Done, tmp_path: Path) -> None:
    command = [sys.executable, "-c", JOB, str(tmp_path / "out"), *done.inputs]
    killed = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            last = line
            if line.startswith("told") and line != "told 0\n" and not killed:
                killed = children(process.pid, "ray::MapWorker")[:1]
                os.kill(killed[0], signal.SIGKILL)
    assert process.returncode == 0
    assert killed
    assert last == "made Summary(documents=22, refused=1)\n"
    assert tables(tmp_path / "out") == tables(done.out)
