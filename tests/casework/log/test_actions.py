"""Every code that casework writes into the log has a sentence for people."""

import ast
import re
from pathlib import Path

from casework.log import actions

HERE = Path(actions.__file__).parents[1]


def recorded(source: str) -> set[str]:
    """The codes that a module records: of `audit.record(…)`, and of `action=…` and its defaults; an f-string as a pattern."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
            found |= constants(node.args[0])
        if isinstance(node, ast.Call) and not ast.unparse(node.func).endswith(("audit.record", ".add_argument")):
            found |= {code for word in node.keywords if word.arg == "action" for code in constants(word.value)}
        if isinstance(node, ast.FunctionDef):
            found |= defaults(node.args)
    return found


def constants(node: ast.expr) -> set[str]:
    if isinstance(node, ast.JoinedStr):
        return {"".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values)}
    if isinstance(node, ast.IfExp):
        return constants(node.body) | constants(node.orelse)
    return {re.escape(node.value)} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def defaults(arguments: ast.arguments) -> set[str]:
    pairs = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return {code for argument, value in pairs if argument.arg == "action" and value for code in constants(value)}


def test_every_action_that_is_recorded_has_a_label():
    codes = {code for path in HERE.rglob("*.py") if "migrations" not in path.parts for code in recorded(path.read_text())}
    assert {"opened", "refused_broken_seal", "anchored"} <= codes
    assert {code for code in codes if not any(re.fullmatch(code, known) for known in actions.LABELS)} == set()


def test_the_search_for_codes_finds_them_however_they_are_written():
    source = 'def look(*, action="seen"): audit.record(action if True else "hidden", by=None)\nlook(action="shown")\n'
    assert recorded(source + 'audit.record(f"{kind}_made", by=None)') == {"seen", "hidden", "shown", ".+_made"}


def test_looks_and_look_ups_are_actions_with_a_label():
    assert set(actions.LABELS) >= actions.LOOKS | actions.LOOKUPS | actions.BROKEN_SEALS


def test_a_code_without_a_label_shows_as_it_is():
    assert actions.label("something_new") == "something_new"
