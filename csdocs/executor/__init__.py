"""Who does the work where there is much of it: this process, all cores of this machine, or a cluster (`cluster.py`, slow to come by)."""

from csdocs.executor.here import Here
from csdocs.executor.pool import Pool, cores
from csdocs.executor.work import Executor, Work

__all__ = ["Executor", "Here", "Pool", "Work", "cores"]
