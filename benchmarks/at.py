"""csdocs as of a moment: `python -m benchmarks.at MOMENT VERB…`. A large generated history reaches beyond today, and `review` asks the clock."""

import datetime as dt
import sys
from unittest import mock

from csdocs.cli.main import run

if __name__ == "__main__":
    _moment = dt.datetime.fromisoformat(sys.argv[1])
    with mock.patch("csdocs.cli.review._now", return_value=_moment):
        sys.exit(run(sys.argv[2:]))
