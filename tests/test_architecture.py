"""The house keeps its shape: imports go one way, modules stay small, names say what is inside."""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
# From the top down; the two of the first line do not see each other.
ORDER = [("register", "ingest"), ("funding",), ("meetings",), ("people",), ("evidence",)]
RANK = {app: rank for rank, row in enumerate(ORDER) for app in row}
APPS = list(RANK)
PACKAGES = [*APPS, "extraction", "config"]
# Which server does not answer is for commands to say, and only settings know where it was looked for.
ASKS_CONFIG = {"config.services"}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Every absolute name this module imports, inside functions and under TYPE_CHECKING too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = path.relative_to(ROOT).parent.parts[: -(node.level - 1) or None]
            found |= {".".join([*base, node.module or "", alias.name]) for alias in node.names}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if name in {"import_module", "__import__"} and node.args and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
    return found


def allowed(importer: str, imported: str) -> bool:
    if imported == importer or imported not in PACKAGES:
        return True
    if importer == "config":
        return True
    if imported == "config" or importer == "extraction":
        return False
    if imported == "extraction":
        return importer == "ingest"
    return RANK[importer] < RANK[imported]


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_go_down_only(package):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(package)
        for name in sorted(imports(path))
        if not allowed(package, name.partition(".")[0])
        and not ("commands" in path.parts and any(name == a or name.startswith(f"{a}.") for a in ASKS_CONFIG))
    ]
    assert wrong == []


def test_the_check_of_imports_sees_what_it_should(tmp_path):
    for upper, lower in pairwise(ORDER):
        assert allowed(upper[0], lower[0])
        assert not allowed(lower[0], upper[0])
    assert not allowed("register", "ingest")
    assert not allowed("ingest", "register")
    assert not allowed("evidence", "config")
    assert not allowed("register", "extraction")
    assert not allowed("extraction", "evidence")
    module = ROOT / "evidence" / "models" / "log.py"
    assert "evidence.choices.Decision" in imports(module)
    assert "evidence.models.sources.Run" in imports(module) or any(
        name.endswith("sources.Run") for name in imports(module)
    )


def test_extraction_is_pure():
    banned = ("django", "psycopg", "celery", "redis", "socket", "urllib.request", "requests", "subprocess")
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules("extraction")
        for name in imports(path)
        if any(name == b or name.startswith(f"{b}.") for b in banned)
    ]
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_relations_go_down_only(app):
    """Read from the models themselves, so that a foreign key given as a string is seen too."""
    wrong = [
        f"{model.__name__}.{field.name} points at {field.related_model._meta.label}"
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model in set(apps.get_models())
        if not allowed(app, field.related_model._meta.app_label)
    ]
    assert wrong == []


@pytest.mark.parametrize("package", PACKAGES)
def test_modules_are_small(package):
    long = {
        str(path.relative_to(ROOT)): lines
        for path in modules(package)
        if "migrations" not in path.parts
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) >= 400
    }
    assert long == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_is_named_for_nothing(package):
    vague = {"utils", "util", "helpers", "helper", "signals", "managers", "misc", "common"}
    wrong = [path for path in [*modules(package), *(ROOT / package).rglob("*/")] if path.stem in vague]
    assert wrong == []


def test_every_model_says_what_a_row_is():
    """Django makes up a docstring of the model's fields where there is none."""
    silent = [
        model.__name__
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not model.__doc__ or model.__doc__.startswith(f"{model.__name__}(")
    ]
    assert silent == []
