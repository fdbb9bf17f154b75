"""The shape of the code: what the contracts of import-linter cannot say."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import grimp

APP = Path(__file__).parents[1] / "app"
MAX_MODULES_IN_A_FOLDER = 16
MAX_LINES = 400
MAX_LINES_OF_A_FUNCTION = 50
# Functions of texts of which every answer is remembered: of the database's dialect, of our own
# languages, fonts, pictures and texts. None may be of a text that a stranger chooses.
WITHOUT_BOUND = {
    *("storage/contributing/rate_limit.py: _count", "storage/database/bulk.py: _insert_new_into"),
    *("storage/database/bulk.py: _upsert_into", "storage/database/full_text.py: numbers_matching"),
    *("storage/search/matching.py: _counted", "storage/search/matching.py: _whole"),
    *("web/claims/chart.py: _policy", "web/html/rendering.py: _file"),
    *("web/site/method.py: _text", "web/wording/locale.py: catalogue"),
}

Graph = Mapping[str, set[str]]


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circles(imports_of_modules()) == []


def test_no_folders_import_each_other_in_a_circle() -> None:
    folders: dict[str, set[str]] = defaultdict(set)
    for module, imported in imports_of_modules().items():
        here = folder_of(module)
        folders[here] |= {folder_of(other) for other in imported} - {here}
    assert circles(folders) == []


def test_a_folder_has_at_most_sixteen_modules() -> None:
    modules: dict[Path, list[str]] = defaultdict(list)
    for path in APP.rglob("*.py"):
        if path.name != "__init__.py":
            modules[path.parent].append(path.name)
    crowded = [str(f) for f, names in modules.items() if len(names) > MAX_MODULES_IN_A_FOLDER]
    assert crowded == []


def test_no_module_has_more_than_four_hundred_lines() -> None:
    long = [str(p) for p in APP.rglob("*.py") if len(p.read_text("utf-8").splitlines()) > MAX_LINES]
    assert long == []


def test_no_function_has_more_than_fifty_lines() -> None:
    long = [
        f"{path.name}: {function.name}"
        for path in APP.rglob("*.py")
        for function in functions_in(path)
        if (function.end_lineno or 0) - function.lineno + 1 > MAX_LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_packages_hand_no_names_on() -> None:
    """Importers name the module that they mean; `app.storage.tables` names the tables."""
    handing = [
        str(path.relative_to(APP.parent))
        for path in APP.rglob("__init__.py")
        if path.parent.name not in ("app", "cli", "tables") and has_code(path)
    ]
    assert handing == []


def functions_in(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def has_code(path: Path) -> bool:
    """Whether a module holds more than its docstring."""
    return len(ast.parse(path.read_text("utf-8")).body) > 1


def imports_of_modules() -> Graph:
    """What each module of the program imports, imports for type checking included."""
    graph = grimp.build_graph("app", exclude_type_checking_imports=False)
    # Importing a module from a package also imports the package; its docstring is no dependency.
    packages = {m for m in graph.modules if graph.find_children(m)} - {"app.storage.tables"}
    return {
        module: graph.find_modules_directly_imported_by(module) - packages
        for module in graph.modules - packages
    }


def folder_of(module: str) -> str:
    """The folder that a module is directly in; what lies in `app` itself has no company."""
    folder = module.rpartition(".")[0]
    return module if module == "app.storage.tables" or folder == "app" else folder


def circles(graph: Graph) -> list[list[str]]:
    """The groups of nodes of which each reaches every other (Tarjan's algorithm)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in graph.get(node, ()):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            at = stack.index(node)
            if len(stack) - at > 1:
                found.append(sorted(stack[at:]))
            del stack[at:]

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found


def test_a_circle_is_found() -> None:
    knot: dict[str, Iterable[str]] = {"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}
    assert circles({k: set(v) for k, v in knot.items()}) == [["a", "b", "c"]]


def test_what_strangers_choose_is_remembered_within_bounds() -> None:
    """`@cache` has no bound: it is for what the program itself asks, with few values."""
    without_bound = {
        f"{path.relative_to(APP).as_posix()}: {function.name}"
        for path in APP.rglob("*.py")
        for function in functions_in(path)
        if {ast.unparse(each) for each in function.decorator_list}
        & {"cache", "functools.cache", "lru_cache(None)", "lru_cache(maxsize=None)"}
        and any(
            ast.unparse(argument.annotation or ast.Constant("?")) == "str"
            for argument in function.args.args
        )
    }
    assert without_bound == WITHOUT_BOUND
