"""Rules every file in the house keeps."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jinja2 import nodes

HOUSE = Path(__file__).parents[2] / "engage"
PYTHON = sorted(file for file in HOUSE.rglob("*.py") if "versions" not in file.parts)
TESTS = sorted(Path(__file__).parents[1].rglob("*.py"))
PAGES = sorted(HOUSE.rglob("templates/**/*.html"))
SAYS_NOTHING = "helper|util|utils|manager|handler|service|services|processor|data|info|misc|common|get"
FORBIDDEN = re.compile(rf"(^|_)({SAYS_NOTHING})(_|$)", re.IGNORECASE)
KINDS = {"rules", "models", "queries", "actions", "forms", "views", "desk", "jobs", "templates", "__init__"}
NAMED = {"guards", "chain", "signing_in", "ear", "method", "open_waves", "words", "phone"}  # exceptions with a name
FEATURES = [
    "accounts",
    "claims",
    "safeguarding",
    "surveys",
    "forums",
    "analysis",
    "youwesaid",
    "pqa",
    "comeback",
    "staff",
    "public",
]
PHONE_PAGE = "survey.html"  # the whole survey in one load: the one page with its style and script inside
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE, LONGEST_VIEW = 300, 30, 120, 10


def name_of(file: Path) -> str:
    return str(file.relative_to(HOUSE))


def lines_of(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def is_view(function: ast.FunctionDef) -> bool:
    calls = [d for d in function.decorator_list if isinstance(d, ast.Call)]
    return any(isinstance(d.func, ast.Name) and d.func.id == "open_to" for d in calls)


def is_named_by_a_library(node: ast.FunctionDef | ast.ClassDef) -> bool:
    return any(isinstance(d, ast.Name) and d.id == "override" for d in node.decorator_list)


@pytest.mark.parametrize("file", PYTHON, ids=name_of)
def test_files_and_functions_stay_small(file):
    source = file.read_text()
    assert len(source.splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            longest = LONGEST_VIEW if is_view(node) else LONGEST_FUNCTION
            assert lines_of(node) <= longest, f"{node.name} has {lines_of(node)} lines"


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.name)
def test_files_of_tests_stay_small_too(file):
    assert len(file.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("file", PYTHON, ids=name_of)
def test_nothing_has_a_name_that_says_nothing(file):
    assert not FORBIDDEN.search(file.stem), file.stem
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not is_named_by_a_library(node):
            assert not FORBIDDEN.search(node.name), node.name


@pytest.mark.parametrize("file", PYTHON, ids=name_of)
def test_nothing_is_imported_inside_a_function(file):
    for function in ast.walk(ast.parse(file.read_text())):
        if isinstance(function, ast.FunctionDef):
            inside = [node for node in ast.walk(function) if isinstance(node, (ast.Import, ast.ImportFrom))]
            assert not inside, function.name


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_is_made_of_the_fixed_kinds_of_file(feature):
    found = {path.stem for path in (HOUSE / feature).iterdir() if path.name != "__pycache__"}
    found = {name for name in found if not (HOUSE / feature / f"{name}.yaml").exists()}
    assert found <= KINDS | NAMED, found - KINDS - NAMED


@pytest.mark.parametrize("package", sorted(HOUSE.rglob("__init__.py")), ids=name_of)
def test_every_package_says_what_it_holds(package):
    assert ast.get_docstring(ast.parse(package.read_text()))


@pytest.mark.parametrize("file", PAGES, ids=name_of)
def test_templates_are_plain(app, file):
    source = file.read_text()
    tree = app.jinja_env.parse(source)
    used = {node.name for node in tree.find_all(nodes.Name)}
    named = {n[1] if isinstance(n, tuple) else n for one in tree.find_all(nodes.FromImport) for n in one.names}
    assert named <= used, f"imported and not used: {named - used}"
    assert "safe" not in {node.name for node in tree.find_all(nodes.Filter)}
    assert len(source.splitlines()) <= LONGEST_TEMPLATE
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:", source), "inline style or script"
    if file.name != PHONE_PAGE:
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", source)


def test_the_web_process_loads_no_heavy_library():
    code = (
        "import sys; from engage import create_app;"
        "heavy = {'numpy', 'scipy', 'sklearn', 'nltk', 'matplotlib'} & set(sys.modules);"
        "print(heavy); sys.exit(bool(heavy))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=HOUSE.parent, check=False, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_look_keeps_its_contrast():
    css = (HOUSE / "shared/static/engage.css").read_text()
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css.split("@media (prefers-color-scheme: dark)")[0]))
    dark = light | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css.split("@media (prefers-color-scheme: dark)")[1]))
    pairs = [
        *[(text, on) for text in ("ink", "ink-soft") for on in ("paper", "card", "lilac", "mint", "sky", "peach")],
        ("violet", "paper"), ("violet", "card"), ("coral", "paper"), ("coral", "card"), ("teal", "paper"),
        ("on-sun", "sun"), ("on-coral", "coral"), ("on-main", "main"), ("on-side", "side"), ("on-side", "side-here"),
    ]  # fmt: skip
    for name, tokens in (("light", light), ("dark", dark)):
        for text, ground in pairs:
            assert contrast(tokens[text], tokens[ground]) >= 4.5, f"{name}: {text} on {ground}"


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((brightness(one), brightness(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def brightness(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("file", PAGES, ids=name_of)
def test_only_fixed_words_go_through_the_template_translator(app, file):
    # _() in a template marks what it gives as safe; a variable goes through the `translated` filter, which escapes
    for call in app.jinja_env.parse(file.read_text()).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in {"_", "gettext", "ngettext"}:
            assert isinstance(call.args[0], nodes.Const), f"line {call.lineno}"


def test_each_behaviour_of_the_scripts_has_a_name_of_its_own_and_each_that_a_page_asks_for_is_there():
    scripts = {file: file.read_text() for file in HOUSE.rglob("static/*.js")}
    engine = next(words for file, words in scripts.items() if file.name == "engage.js")
    names = re.findall(r"^  (\w+)\(.*\) \{$", engine.partition("const behaviours = {")[2], re.MULTILINE)
    assert len(names) == len(set(names)) > 5
    asked = {name for file in PAGES for name in re.findall(r'data-behaviour="([a-z]+)"', file.read_text())}
    elsewhere = re.findall(r'\[data-behaviour="?([a-z]+)', " ".join(scripts.values()))
    assert asked <= {*names, *elsewhere}
