"""Which marks stand where, on claims made by hand."""

from __future__ import annotations

from app.domain.disagreement.engine import compare
from app.domain.values.dates import Day
from app.queries.claim import ComparedClaim
from app.web.pictures.claim_picture import claim_picture
from tests.domain.factories import REGISTERS, account, cite, claim
from tests.web.pictures.drawing import DOSSIER, draw, drawn, only, strips


def test_an_exact_number_is_a_point_and_a_hedged_one_a_bar() -> None:
    picture = drawn(
        "quantity",
        account("exact", "60", cite("n-min", id="a")),
        account("hedged", "about 50", cite("s-min", id="b")),
        account("range", "20..40", cite("w-min", id="c")),
    )
    by_side = strips(picture)
    exact, hedged = only(by_side["north"]).bar, only(by_side["south"]).bar
    assert exact.is_point
    assert hedged.low < (hedged.named or 0) < hedged.high
    assert only(by_side["west"]).bar.named is None
    # The axis goes from 0 to 80.
    assert (exact.low, hedged.named, hedged.low) == (75, 62.5, 56.25)


def test_an_end_without_a_bound_is_open_and_a_number_that_is_not_meant_is_hollow() -> None:
    by_side = strips(
        drawn(
            "quantity",
            account("more", "more than 60", cite("n-min")),
            account("least", "at least 60", cite("s-min")),
            account("almost", "almost 60", cite("w-min")),
        )
    )
    more, least, almost = (only(by_side[side]).bar for side in ("north", "south", "west"))
    assert (more.open_high, more.left_out, more.high) == (True, True, 100)
    assert (least.open_high, least.left_out) == (True, False)
    assert (almost.open_high, almost.left_out, almost.named) == (False, True, almost.high)
    assert not more.open_low


def test_the_best_figure_of_a_range_is_marked_in_it() -> None:
    by_side = strips(
        drawn(
            "quantity",
            account("grouped", "about 2 000", cite("n-min")),
            account("best", "1 000..3 000 best 1 500", cite("s-min")),
            account("word", "thousands", cite("w-min")),
        )
    )
    grouped, best, word = (only(by_side[side]).bar for side in ("north", "south", "west"))
    assert grouped.named == (grouped.low + grouped.high) / 2
    assert best.named == best.low + (best.high - best.low) / 4
    assert (best.left_out, word.named) == (False, None)


def test_numbers_of_different_things_never_share_an_axis() -> None:
    picture = drawn(
        "quantity",
        account("killed", "18", cite("n-min")),
        account("both", "100", cite("s-min"), measure="killed and injured"),
    )
    first, second, rest = picture.plots
    assert (first.heading, second.heading) == ("people killed", "people killed and injured")
    assert [strip.column.side for strip in first.strips] == ["north"]
    assert [strip.column.side for strip in second.strips] == ["south"]
    assert [strip.column.side for strip in rest.strips] == ["west"]
    assert rest.ticks == ()
    assert "not to be compared" in picture.note


def test_an_approximate_day_is_drawn_as_a_span_and_what_is_open_runs_to_the_end() -> None:
    picture = drawn(
        "date",
        account("exact", "2020-12-16", cite("n-min")),
        account("about", "2020-12-16~", cite("s-min")),
        account("by", "../2020-12-20", cite("w-min")),
    )
    by_side = strips(picture)
    exact, about, by = (only(by_side[side]).bar for side in ("north", "south", "west"))
    assert exact.is_point
    assert about.low < exact.low < about.high
    assert not about.is_point
    assert (by.open_low, by.open_high, by.low) == (True, False, 0.0)
    assert only(by_side["west"]).label.words == "by 20 December 2020"


def test_numbers_close_together_far_from_zero_break_the_axis_and_say_so() -> None:
    picture = drawn(
        "quantity",
        account("exact", "1960", cite("n-min")),
        account("about", "about 2000", cite("s-min")),
    )
    assert picture.plots[0].note == "The axis begins at 1,700, not at zero."
    single = drawn("quantity", account("about", "about 2000", cite("s-min")))
    assert single.plots[0].note == ""


def test_a_side_of_which_nothing_is_known_says_why_in_its_place() -> None:
    picture = drawn(
        "quantity",
        account("exact", "5", cite("n-min")),
        searched=[
            {"side": "south", "where": "a", "words": "b", "on": "2026-11-01", "by": "c"},
        ],
    )
    by_side = strips(picture)
    assert by_side["south"].column.silence == "Nothing found."
    assert by_side["west"].column.silence == "Nothing on record; not searched."
    assert by_side["south"].height == 0
    assert "others" not in by_side


def test_a_count_says_as_of_which_day_it_holds() -> None:
    picture = drawn(
        "quantity",
        account("later", "5", cite("n-min"), as_of="2020-10-12"),
        counting="cumulative",
    )
    assert only(strips(picture)["north"]).label.beside == "as of 12 October 2020"


def test_a_mark_is_a_speaker_and_leads_to_the_first_of_its_words() -> None:
    picture = drawn(
        "quantity",
        account(
            "exact",
            "5",
            cite("n-min", id="first", quote="five of us", voice="quoted"),
            cite("n-min", "2020-10-13", id="again", quote="five killed"),
            cite("n-pm", id="other"),
            cite(None, id="own", quote="five <dead>"),
        ),
    )
    by_side = strips(picture)
    ministry, minister = (line.mark for line in only(by_side["north"]).lines)
    assert ministry.url == "#citation-first"
    assert ministry.title.split("\n") == [
        "Northland's ministry, 12 October 2020: 5",
        "“five of us”",
        "five killed (as The Daily puts it)",
    ]
    assert (minister.url, minister.is_own) == ("#citation-other", False)
    (own,) = only(by_side["others"]).lines
    assert own.mark.is_own
    assert "“" not in own.mark.title


def test_a_joint_statement_has_a_mark_on_each_side() -> None:
    picture = drawn("quantity", account("exact", "5", cite("n-min+w-min", id="joint")))
    for side in ("north", "west"):
        assert only(strips(picture)[side]).lines[0].mark.url == "#citation-joint"


def test_a_denial_is_drawn_as_one() -> None:
    picture = drawn(
        "quantity",
        account("exact", "5", cite("n-min"), cite("s-min", stance="denies")),
    )
    denied = only(strips(picture)["south"])
    assert denied.label.words == "Denies: 5"
    assert denied.lines[0].mark.manner == "denies"
    assert [entry.glyph for entry in picture.key] == ["denies"]


def test_who_gives_no_answer_stands_aside_from_the_axis() -> None:
    picture = drawn(
        "quantity",
        account("exact", "5", cite("n-min")),
        account("none", None, cite("s-min", id="x", stance="sidesteps")),
        account("refused", None, cite("s-party", id="y", stance="declines")),
    )
    south = strips(picture)["south"]
    assert south.placed == ()
    assert [aside.words for aside in south.asides] == [
        "spoke without answering",
        "declined to answer",
    ]
    assert south.asides[0].marks[0].url == "#citation-x"
    assert south.height > 0


def test_dates_stand_on_a_calendar_as_points_spans_and_open_ends() -> None:
    by_side = strips(
        drawn(
            "date",
            account("day", "2020-11-09", cite("n-min")),
            account("month", "2020-11", cite("s-min")),
            account("until", "../2020-11-20", cite("w-min")),
        )
    )
    day, month, until = (only(by_side[side]).bar for side in ("north", "south", "west"))
    assert day.is_point
    assert month.low < day.low < month.high
    assert (until.open_low, until.low) == (True, 0)


def test_a_state_is_a_lane_with_what_is_stated_carried_and_in_conflict() -> None:
    picture = drawn(
        "choice",
        account("ours", "ours", cite("n-min", id="a"), as_of="2020-12-11"),
        account("theirs", "theirs", cite("s-min", id="b"), as_of="2020-12-11/2020-12-13"),
        account("undated", "ours", cite("w-min", id="c")),
    )
    assert picture.table == "over-time"
    by_side = strips(picture)
    north, south = only(by_side["north"]), only(by_side["south"])
    assert north.label.words == "Ours"
    assert north.bar.low == south.bar.low
    assert north.bar.carried == south.bar.high
    assert south.bar.carried is None
    assert [shade.low for shade in by_side["north"].shades] == [north.bar.low]
    assert by_side["west"].shades == ()
    assert by_side["west"].asides[0].words == "Ours (no day given)"


def test_answers_are_rows_with_each_sides_marks_in_its_own_part() -> None:
    picture = drawn(
        "yes-no",
        account("yes", "yes", cite("n-min", id="a"), cite("n-pm", id="b")),
        account("no", "no", cite("s-min", id="c"), cite(None, id="d")),
        account("also", "yes", cite("w-min", id="e")),
        account("none", None, cite("s-party", id="f", stance="sidesteps")),
    )
    assert picture.tally
    yes, no, without = picture.tally.rows
    assert (yes.words, no.words, without.words) == ("Yes", "No", "Without an answer")
    assert [dot.rank for dot in yes.dots] == [1, 1, 3]
    assert [dot.at for dot in yes.dots] == [0, 0, 50]
    assert [dot.rank for dot in no.dots] == [2, 0]
    assert without.dots[0].mark.manner == "unanswered"


def test_many_marks_go_on_in_further_lines_and_stay_in_their_part() -> None:
    sources = [
        cite(None, id=f"c{n}", document=name)
        for n, name in enumerate(["daily-doc", "weekly-doc", "wire-doc", "pedia-doc"])
    ]
    speakers = [cite(name, id=name) for name in ("n-min", "n-pm", "h-min", "n-party")]
    joint = [cite(f"n-min+{name}", id=f"j-{name}") for name in ("n-pm", "h-min")]
    picture = drawn("yes-no", account("yes", "yes", *speakers, *joint, *sources))
    assert picture.tally
    (row,) = picture.tally.rows
    narrowest = 296 / len(picture.columns)
    assert all(dot.x + 8 <= narrowest + 8 for dot in row.dots)
    assert len({(dot.at, dot.x, dot.y) for dot in row.dots}) == len(row.dots) == 10
    assert row.height > max(dot.y for dot in row.dots)


def test_a_claim_of_which_nothing_is_said_has_no_picture() -> None:
    empty = claim("yes-no")
    comparison = compare(empty, REGISTERS, DOSSIER)
    assert claim_picture(ComparedClaim(empty, comparison, REGISTERS, DOSSIER)) is None


def test_a_dated_picture_holds_only_what_had_been_said() -> None:
    found = claim(
        "yes-no",
        account("yes", "yes", cite("n-min", "2020-10-12", id="a")),
        account("no", "no", cite("s-min", "2021-01-01", id="b")),
    )
    picture = draw(found, Day(2020, 12, 31))
    assert picture.tally
    assert [row.words for row in picture.tally.rows] == ["Yes"]


def test_words_that_look_like_markup_stay_words() -> None:
    picture = drawn("text", account("odd", "<script>&", cite("n-min", id="a")))
    assert picture.tally
    assert picture.tally.rows[0].words == "<script>&"
