"""How far clocks may differ."""

import datetime as dt

SKEW = dt.timedelta(minutes=10)  # clocks that differ by so little are both right
