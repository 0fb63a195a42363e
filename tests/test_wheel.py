"""The wheel carries everything: installed into a fresh environment, it builds in an empty folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `toolkit-builder` command of a fresh environment into which the wheel was installed.

    Its dependencies are those of this environment, so that nothing has to be fetched.
    """
    folder = tmp_path_factory.mktemp("olwyn-ŵŷ")
    wheel = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(wheel, check=True, capture_output=True)
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    built = next(folder.glob("*.whl"))
    places = {"base": str(environment), "platbase": str(environment)}
    packages = Path(sysconfig.get_path("purelib", vars=places))
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(packages), str(built)]
    subprocess.run(install, check=True, capture_output=True)
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return environment / "bin" / "python"


def run(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [str(python), "-m", "toolkit_builder", *arguments]
    return subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True)


def test_the_installed_package_is_the_one_in_use(installed: Path, tmp_path: Path) -> None:
    where = [str(installed), "-c", "import toolkit_builder; print(toolkit_builder.__file__)"]
    printed = subprocess.run(where, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert str(installed.parent.parent) in printed


def test_builds_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "summary", "--action", "SP1")
    assert done.returncode == 0, done.stderr
    manifest = json.loads((tmp_path / "output" / "manifest.json").read_text(encoding="utf-8"))
    assert [entry["path"] for entry in manifest["files"]] == ["summary.cy-en.SP1.pdf"]
    assert (tmp_path / "output" / "summary.cy-en.SP1.pdf").read_bytes().startswith(b"%PDF-")


def test_the_profile_for_print_shops_comes_with_its_licence(installed: Path, tmp_path: Path) -> None:
    """And what the shops ask for."""
    code = (
        "from toolkit_builder.print_shops.profiles import SHIPPED, profile_at;"
        "from toolkit_builder.print_shops.loading import PrintShops;"
        "from toolkit_builder.project import Project, shipped;"
        "print(profile_at(SHIPPED).condition, SHIPPED.with_suffix('.txt').is_file());"
        "print(*PrintShops(Project(shipped())).files)"
    )
    done = subprocess.run([str(installed), "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("FOGRA39 True\nalternating backs-first ")


def test_makes_a_project_to_change(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "new", "fy mhecyn")
    assert done.returncode == 0, done.stderr
    action = tmp_path / "fy mhecyn" / "content" / "actions" / "SP1.yaml"
    action.write_text(action.read_text(encoding="utf-8").replace("Information gathering", "Changed"), encoding="utf-8")
    listed = run(installed, tmp_path, "list", "--project", "fy mhecyn", "--action", "SP1")
    assert "Changed" in listed.stdout
    assert run(installed, tmp_path, "check", "--project", "fy mhecyn").returncode == 0
