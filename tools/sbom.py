"""List what an installation consists of, as CycloneDX and as a table of licences.

Run by `make sbom`, which installs the locked packages into an environment of their own under
build/: the one that tests run in has far more. What is packed in the repository itself (fonts,
outlines of countries) is added from the pins of the scripts that fetch it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tools import vendor_outlines

ROOT = Path(__file__).parents[1]
VENDORING = ("vendor_fonts.py", "vendor_card_fonts.py", "vendor_outlines.py")
# SPDX identifiers, by the licence texts that lie beside the vendored files.
OPEN_FONT, OUTLINES = "OFL-1.1", "ISC"
# Packages whose metadata name no licence in a form that the standard has; read in their files.
READ = {
    "chardetng_py": "MIT",
    "pypdfium2": "(BSD-3-Clause OR Apache-2.0) AND LicenseRef-pdfium-dependencies",
    "resvg_py": "MIT",
}
PACKAGE = re.compile(r'"((?:@[\w.-]+/)?[a-z][\w.-]*)@(\d+\.\d+\.\d+)"')


def main(interpreter: str, folder: str) -> int:
    """Write `variorum.cdx.json` and `licences.md` for the packages of an interpreter."""
    bill = environment(interpreter)
    bill["components"] = [*map(with_licence, bill["components"]), *vendored()]
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    (target / "variorum.cdx.json").write_text(json.dumps(bill, indent=2) + "\n", "utf-8")
    (target / "licences.md").write_text(table(bill["components"]), "utf-8")
    unknown = [part["name"] for part in bill["components"] if not licences(part)]
    print(f"{len(bill['components'])} components in {target}/variorum.cdx.json and licences.md.")
    if unknown:
        print(f"Without a stated licence: {', '.join(unknown)}.", file=sys.stderr)
    return 1 if unknown else 0


def environment(interpreter: str) -> dict[str, Any]:
    """The bill of what an interpreter can import, made by the standard's reference tool."""
    command = [Path(sys.executable).with_name("cyclonedx-py"), "environment", interpreter]
    options = ["--pyproject", "pyproject.toml", "--output-reproducible", "--output-format", "JSON"]
    made = subprocess.run(
        [*command, *options], cwd=ROOT, capture_output=True, text=True, check=True
    )
    bill: dict[str, Any] = json.loads(made.stdout)
    return bill


def with_licence(component: dict[str, Any]) -> dict[str, Any]:
    """The component, with the licence that was read in its files where its metadata state none."""
    if licences(component) or component["name"] not in READ:
        return component
    return {**component, "licenses": [{"expression": READ[component["name"]]}]}


def vendored() -> Iterator[Mapping[str, Any]]:
    """The npm packages of which something is packed in the repository."""
    scripts = (ROOT / "tools" / name for name in VENDORING)
    found = {pin for script in scripts for pin in PACKAGE.findall(script.read_text("utf-8"))}
    for name, version in sorted(found):
        url = f"pkg:npm/{quote(name)}@{version}"
        licence = OUTLINES if f"{name}@{version}" == vendor_outlines.PACKAGE else OPEN_FONT
        yield {
            "type": "library",
            "bom-ref": url,
            "name": name,
            "version": version,
            "purl": url,
            "licenses": [{"license": {"id": licence}}],
        }


def licences(component: Mapping[str, Any]) -> list[str]:
    """The licences of a component: SPDX identifiers or expressions, else names."""
    stated = component.get("licenses", [])
    exact = {each.get("expression") or each["license"].get("id") for each in stated} - {None}
    # Classifiers of the package index repeat an identifier in vaguer words.
    named = {
        each["license"]["name"].rpartition(" :: ")[2]
        for each in stated
        if "name" in each.get("license", {})
    }
    return sorted(exact or {name.strip().splitlines()[0] for name in named})


def table(components: list[Mapping[str, Any]]) -> str:
    """A row a component: its name, its version, its licences."""
    rows = sorted(
        (part["name"], part.get("version", ""), " · ".join(licences(part))) for part in components
    )
    lines = [
        "# Licences of what Variorum consists of",
        "",
        "| package | version | licence |",
        "|---|---|---|",
    ]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
