"""How long it takes to read a page, and how much memory, from 30 KB of news to hostile 5 MB.

Run with `.venv/bin/python -m bench.pages`. Memory is what this program and the processes that read
pages for it hold together beyond what they hold at rest, the page itself included. Targets: at
most 50 MB for any page, and time in proportion to its size.
"""

from __future__ import annotations

from tests.fetching.measured_pages import PAGES, costs


def main() -> None:
    print(f"{'page':20} {'KB':>6} {'ms':>8} {'MB':>6}  outcome")
    for cost in costs(*PAGES):
        size, milliseconds = cost.size / 1000, cost.seconds * 1000
        print(
            f"{cost.name:20} {size:6.0f} {milliseconds:8.1f} {cost.megabytes:6.1f}  {cost.outcome}"
        )


if __name__ == "__main__":
    main()
