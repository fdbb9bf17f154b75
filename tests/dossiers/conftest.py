from __future__ import annotations

from pathlib import Path

import pytest

from tests.dossiers.small import SmallRecord


@pytest.fixture
def small(tmp_path: Path) -> SmallRecord:
    return SmallRecord(tmp_path / "record")
