"""Every day of the year in its order, and what is done on each."""

from benchmarks.year import (
    appraisal,
    attendance,
    circles,
    customers,
    office,
    organisation,
    oversight,
    people,
    purchase,
    room,
    roster,
    secrecy,
    service,
    shift,
    supply,
    tasks,
    uniform,
)
from benchmarks.year.plan import days_between
from benchmarks.year.year import Year

# What is done earlier in this list may be read by what comes after it on the same day.
ACTIVITIES = (
    roster.before_the_month,
    roster.after_the_month,
    attendance.arrange,
    shift.work,
    service.work,
    service.plan_visits,
    room.work,
    office.work,
    secrecy.work,
    oversight.work,
    uniform.work,
    people.work,
    tasks.work,
    circles.work,
    organisation.work,
    purchase.work,
    supply.work,
    customers.work,
    appraisal.work,
    attendance.register,
    attendance.publish,
    service.close_day,
)


def live(year: Year) -> None:
    for day in days_between(year.plan.first_day, year.plan.end):
        for task in year.due(day):
            task()
        for activity in ACTIVITIES:
            activity(year, day)
