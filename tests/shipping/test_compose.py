"""compose.yaml: three services that can do little harm, and lose nothing when they are replaced."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from app.settings import Settings
from tests.loaded import ROOT

TEXT = (ROOT / "compose.yaml").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("load", "web", "worker")


def test_web_worker_and_database_are_checked_and_start_again() -> None:
    image_checks_itself = "HEALTHCHECK" in (ROOT / "Dockerfile").read_text("utf-8")
    for name in ("web", "worker", "database"):
        assert "healthcheck" in SERVICES[name] or (name == "web" and image_checks_itself), name
        assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", OURS)
def test_our_services_write_nowhere_but_in_volumes_and_gain_no_privilege(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service
    assert "user" not in service, "the image runs as its own user"


def test_what_must_last_is_in_named_volumes() -> None:
    mounts = {
        mount.partition(":")[2]: mount.partition(":")[0]
        for service in SERVICES.values()
        for mount in service["volumes"]
    }
    assert set(mounts.values()) == set(COMPOSE["volumes"])
    # The cookies' secret lies in the data directory itself.
    assert {"/var/lib/variorum", "/var/lib/variorum/snapshots"} <= set(mounts)


def test_every_variable_is_a_setting() -> None:
    named = set(re.findall(r"VARIORUM_([A-Z_]+):", TEXT))
    assert named
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_only_this_machine_reaches_the_web_service_and_none_the_database() -> None:
    assert SERVICES["web"]["ports"] == ["127.0.0.1:8000:8000"]
    assert all("ports" not in SERVICES[name] for name in ("database", "worker", "load"))
