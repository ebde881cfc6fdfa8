"""The image's recipe against the tree that it is built from."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")


def _copied() -> list[str]:
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    return [name for line in lines for name in line.split()]


def test_the_image_is_built_from_files_that_exist() -> None:
    assert {"bot", "handlers", "storage", "reports", "requirements.lock"} <= set(_copied())
    assert all((ROOT / name).exists() for name in _copied())


def test_what_the_image_copies_is_let_into_the_build() -> None:
    let_in = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    assert let_in == set(_copied())


def test_all_stages_stand_on_one_pinned_python() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.11\.\d+-slim-\w+", bases[0])


def test_nothing_is_installed_without_its_hash() -> None:
    installs = re.findall(r"pip install (.*)", DOCKERFILE)
    assert installs
    assert all("--require-hashes" in line or "--no-deps" in line for line in installs)


def test_the_image_runs_as_nobody_special_and_tells_its_health() -> None:
    assert re.search(r"^USER relay$", DOCKERFILE, re.MULTILINE)
    assert "HEALTHCHECK" in DOCKERFILE
    assert "/livez" in DOCKERFILE


def test_the_service_is_locked_down() -> None:
    for line in ("read_only: true", "- ALL", "- no-new-privileges:true", "- 127.0.0.1:8080:8080"):
        assert line in COMPOSE
