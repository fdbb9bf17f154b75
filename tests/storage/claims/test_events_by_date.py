from __future__ import annotations

from app.domain.records.claim_filter import ClaimFilter
from app.domain.values.dates import Day
from app.storage.claims.events_by_date import neighbouring_days
from app.storage.database.engine import Database
from tests.domain.factories import account, cite, claim
from tests.storage.factories import put, save_registers


def test_the_days_of_statements_before_and_after_a_day_are_found(database: Database) -> None:
    said = ("2020-10-12", "2020-10/2020-11", None, "2021-03-01")
    bridge = [cite("n-min", day, id=f"b{number}") for number, day in enumerate(said)]
    with database.writing() as session:
        save_registers(session)
        put(session, claim("yes-no", account("yes", "yes", *bridge), topic="bridge"))
        ford = account("yes", "yes", cite("n-min", "2020-12-24", id="f"))
        put(session, claim("yes-no", ford, id="ford", topic="ford"))
    october, november = Day(2020, 10, 12).ordinal, Day(2020, 11, 30).ordinal
    december, march = Day(2020, 12, 24).ordinal, Day(2021, 3, 1).ordinal
    whole, bridges = ClaimFilter(dossier="quarrel"), ClaimFilter(dossier="quarrel", topic="bridge")
    with database.reading() as session:
        assert neighbouring_days(session, whole, None) == (march, None)
        assert neighbouring_days(session, whole, november) == (october, december)
        assert neighbouring_days(session, bridges, november) == (october, march)
        assert neighbouring_days(session, whole, october) == (None, november)
        assert neighbouring_days(session, whole, march + 1) == (march, None)
        assert neighbouring_days(session, ClaimFilter(dossier="none"), None) == (None, None)
