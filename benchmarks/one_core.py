"""Runs a module on one core: `python -m benchmarks.one_core MODULE [ARGUMENT…]`."""

import os
import runpy
import sys

if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
