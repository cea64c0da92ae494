"""Imports run one way: roof, subjects and visitors, editorial, bilingual."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAY_IMPORT = {
    "bilingual": set(),
    "editorial": {"bilingual"},
    "visitors": {"bilingual", "editorial"},
    "timeline": {"bilingual", "editorial"},
    "campaigns": {"bilingual", "editorial"},
    "sections": {"bilingual", "editorial"},
    "amnesty_site": {"bilingual", "editorial", "visitors", "timeline", "campaigns", "sections"},
}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


def test_no_app_imports_what_stands_above_or_beside_it():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for app, allowed in MAY_IMPORT.items()
        for path in (ROOT / app).rglob("*.py")
        for name in imported(path)
        if name in MAY_IMPORT.keys() - allowed - {app}
    ]

    # Settings take the names of the languages from the ground, as they may
    assert wrong == []


def test_no_file_is_longer_than_a_person_reads_in_one_sitting():
    long = [
        str(path.relative_to(ROOT))
        for pattern in ("*.py", "*.css", "*.js", "*.html")
        for path in ROOT.rglob(pattern)
        if not {".venv", "var", "migrations"} & set(path.parts)
        and len(path.read_text(encoding="utf-8").splitlines()) > 300
    ]

    assert long == []
