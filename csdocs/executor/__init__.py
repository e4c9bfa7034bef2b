"""Who does the work where there is much of it: this process, all cores of this machine, or a cluster."""

from csdocs.executor.cluster import Cluster
from csdocs.executor.here import Here
from csdocs.executor.pool import Pool, cores
from csdocs.executor.work import Executor, Work

__all__ = ["Cluster", "Executor", "Here", "Pool", "Work", "cores"]
