"""Where a day begins and ends by the clock."""

import datetime as dt


def end_of(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """Its last second: the moment that is meant where a day stands for all that was known on it."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), zone)


def midnight_after(moment: dt.datetime) -> dt.datetime:
    """When the next day begins where the moment is told."""
    return dt.datetime.combine(moment.date() + dt.timedelta(1), dt.time(), moment.tzinfo)
