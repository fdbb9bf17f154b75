"""Scales of numbers: from a number to its place on an axis, with round ticks and an honest zero."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

MAX_TICKS = 6
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
# Below this share of the highest number the lowest one is far enough from it for an axis from zero
# to tell them apart.
_CLOSE_TOGETHER = Decimal("0.8")


@dataclass(frozen=True, slots=True)
class NumberScale:
    """An axis of numbers from `start` to `end`, which are ticks themselves; `start` < `end`."""

    start: Decimal
    end: Decimal
    ticks: tuple[Decimal, ...]

    @property
    def is_broken(self) -> bool:
        """Whether it begins above zero, which the picture must say in words."""
        return self.start > 0

    def at(self, number: Decimal) -> float:
        """The place of a number in per cent of the axis, clamped to its ends."""
        share = float((number - self.start) / (self.end - self.start)) * 100
        return round(min(max(share, 0.0), 100.0), 2)


def number_scale(
    numbers: Collection[Decimal], *, whole: bool = True, from_zero: bool = False
) -> NumberScale:
    """An axis that covers all of these numbers, none of them negative.

    It begins at zero where `from_zero` says so, and unless the numbers differ and all lie close
    together far above zero. `whole` excludes ticks at fractions. Raises ValueError where no number
    is given.
    """
    low, high = min(numbers), max(numbers)
    broken = not from_zero and low != high and low > high * _CLOSE_TOGETHER
    # All numbers are zero; an axis from 0 to 0 has no length.
    if high == 0:
        high = Decimal(1)
    start = low if broken else Decimal(0)
    step = round_step((high - start) / (MAX_TICKS - 1), whole=whole)
    if broken:
        # Room below the lowest number, so that the break is seen for what it is.
        start = max(_down(low - step / 2, step), Decimal(0))
    # Nor is the highest at the very end, where a line seems to go on.
    end = _up(high, step) + (step if high % step == 0 else 0)
    count = int((end - start) / step)
    return NumberScale(start, end, tuple(start + step * n for n in range(count + 1)))


def round_step(least: Decimal, *, whole: bool = True) -> Decimal:
    """The smallest of 1, 2, 2.5, 5 × a power of ten that is no less than a positive number."""
    power = Decimal(10) ** (least.adjusted())
    for factor in _STEPS:
        # Decimals, not floats: 0.1 + 0.2 would put ticks at 0.30000000000000004.
        step = power * factor
        if step >= least and not (whole and step != step.to_integral_value()):
            return step
    return max(power * 10, Decimal(1))


def _down(number: Decimal, step: Decimal) -> Decimal:
    return (number / step).to_integral_value(ROUND_FLOOR) * step


def _up(number: Decimal, step: Decimal) -> Decimal:
    return (number / step).to_integral_value(ROUND_CEILING) * step
