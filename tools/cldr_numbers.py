"""Write `app/domain/quotations/cldr_numbers.py`: what stands after a number in seven languages.

The words come from the Unicode CLDR as Babel has it: those of the compact decimal formats (“24
thousand”, “24 млн”) and the names of units of measurement. They are written into a module because
the domain reads no locale data at run time; `test_cldr_numbers.py` holds the two equal.

    .venv/bin/python -m tools.cldr_numbers
"""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import wrap

from babel import Locale

MODULE = Path(__file__).parents[1] / "app" / "domain" / "quotations" / "cldr_numbers.py"

# The languages of the interface and of most documents on record; the last four have documents too,
# and their multipliers follow a number in the same way.
LANGUAGES = ("en", "ru", "hy", "az", "tr", "fr", "de")
MULTIPLIED = (*LANGUAGES, "ar", "he", "th", "zh", "ja")
# Measures, not what is counted: “24 people” and “24 days” hold the whole number 24.
UNITS = (
    *("length-kilometer", "length-meter", "length-centimeter", "length-millimeter"),
    *("length-mile", "length-nautical-mile", "length-foot", "length-yard", "length-inch"),
    *("area-square-kilometer", "area-square-meter", "area-square-mile", "area-square-foot"),
    *("area-hectare", "area-acre", "volume-cubic-meter", "volume-liter", "volume-barrel"),
    *("mass-tonne", "mass-ton", "mass-kilogram", "mass-gram", "mass-milligram", "mass-pound"),
    *("speed-kilometer-per-hour", "speed-meter-per-second", "speed-mile-per-hour", "speed-knot"),
    *("temperature-celsius", "temperature-fahrenheit", "angle-degree"),
    *("concentr-percent", "concentr-permille"),
    *("power-kilowatt", "power-megawatt", "power-watt", "energy-kilowatt-hour"),
)
_HEAD = '''"""Words that change the number before them, by language.

Written by `python -m tools.cldr_numbers` from the Unicode CLDR; do not edit. `|` parts the words.
"""

'''
_WIDTHS = ("long", "short", "narrow")
_PLACEHOLDER = re.compile(r"\{0\}|[0\u00a0\u200e\u200f ]+")


def multipliers(language: str) -> list[str]:
    """What stands after a number in compact formats, long and short."""
    formats = Locale.parse(language).compact_decimal_formats
    patterns = {
        pattern.pattern.replace("'", "")
        for width in ("long", "short")
        if width in formats
        for by_plural in formats[width].values()
        for pattern in by_plural.values()
    }
    return sorted({_word(pattern) for pattern in patterns} - {""})


def units(language: str) -> list[str]:
    """The names and signs of units of measurement, in every plural form."""
    patterns = Locale.parse(language)._data["unit_patterns"]
    found = set()
    for unit in UNITS:
        for width in _WIDTHS:
            if unit in patterns and width in patterns[unit]:
                found.update(_strings(patterns[unit][width]))
    return sorted({_word(pattern) for pattern in found} - {""})


def _strings(forms: object) -> list[str]:
    """The patterns of all plural forms; some have cases too."""
    if isinstance(forms, str):
        return [forms] if "{0}" in forms else []
    values = [forms[key] for key in forms if key != "per"]  # type: ignore[attr-defined]
    return [pattern for value in values for pattern in _strings(value)]


def _word(pattern: str) -> str:
    return " ".join(_PLACEHOLDER.sub(" ", pattern).split())


def module() -> str:
    """The text of the module."""
    lines = [_HEAD]
    for name, languages, words in (
        ("MULTIPLIERS", MULTIPLIED, multipliers),
        ("UNITS", LANGUAGES, units),
    ):
        lines.append(f"{name} = {{\n")
        for language in languages:
            lines.append(f'    "{language}": (\n')
            # Words have spaces of their own; a line of them begins with the sign that parts them.
            whole = "|".join(word.replace(" ", "~") for word in words(language))
            parts = wrap(whole.replace("|", " "), 80)
            for number, part in enumerate(parts):
                text = ("|" if number else "") + part.replace(" ", "|").replace("~", " ")
                lines.append(f'        "{text}"\n')
            lines.append("    ),\n")
        lines.append("}\n")
    return "".join(lines)


if __name__ == "__main__":
    MODULE.write_text(module(), encoding="utf-8")
