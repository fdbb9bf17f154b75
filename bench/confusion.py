"""What the quote check finds on small pages against what an editor finds, as a confusion matrix.

The table is `tests/services/following/quotations_on_pages.yaml`. Rows that differ are listed, and
first of all a false `verbatim`: the worst that the check can do.

    .venv/bin/python -m bench.confusion
"""

from __future__ import annotations

from collections import Counter

from tests.services.following.quotation_table import FINDINGS, rows


def main() -> None:
    """Print the matrix, how many rows there are of which kind and language, and what differs."""
    checked = [(row, row.found()) for row in rows()]
    counts = Counter((row.finding, found) for row, found in checked)
    print(f"{'editor / check':16}" + "".join(f"{finding:>12}" for finding in FINDINGS))
    for expected in FINDINGS:
        cells = "".join(f"{counts[expected, found]:12}" for found in FINDINGS)
        print(f"{expected:16}{cells}")
    pages = {row.page for row, _ in checked}
    wrong = [(row, found) for row, found in checked if found != row.finding]
    false = sum(found == "verbatim" for _, found in wrong)
    print(f"{len(checked)} quotations on {len(pages)} pages, {len(wrong)} otherwise than an editor")
    print(f"false verbatim: {false}")
    by_kind = Counter((row.kind, row.language) for row, _ in checked)
    for kind in dict.fromkeys(row.kind for row, _ in checked):
        languages = ", ".join(f"{lang} {n}" for (k, lang), n in by_kind.items() if k == kind)
        print(f"  {kind:18}{languages}")
    for row, found in sorted(wrong, key=lambda each: each[1] != "verbatim"):
        print(f"{row.finding} → {found}: {row.quote} | {row.page}")


if __name__ == "__main__":
    main()
