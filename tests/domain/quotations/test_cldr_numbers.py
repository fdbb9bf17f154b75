"""The words after numbers are those of the CLDR, as the tool writes them."""

import pytest

from app.domain.quotations import cldr_numbers
from tools.cldr_numbers import LANGUAGES, MULTIPLIED, multipliers, units


@pytest.mark.parametrize("language", MULTIPLIED)
def test_the_multipliers_are_cldrs(language: str) -> None:
    assert cldr_numbers.MULTIPLIERS[language].split("|") == multipliers(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_units_are_cldrs(language: str) -> None:
    assert cldr_numbers.UNITS[language].split("|") == units(language)
