import ast
import inspect

from living_article.reconstruct import assumptions
from living_article.reconstruct.targets import ARMS


def test_every_assumption_has_a_reason():
    body = ast.parse(inspect.getsource(assumptions)).body
    pending = []
    for node in body:
        if isinstance(node, ast.Assign):
            pending.append(node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and pending:
            pending = []
    assert pending == []


def test_deaths_are_79():
    assert sum(assumptions.DEATHS[arm].events for arm in ARMS) == 79


def test_few_are_lost():
    assert 3 <= sum(len(assumptions.LOST[arm]) for arm in ARMS) <= 5
    assert all(set(assumptions.LOST_WITHOUT_PROGRESSION[arm]) <= set(assumptions.LOST[arm]) for arm in ARMS)


def test_the_number_of_seeds_tried_covers_the_seed():
    assert 1 <= assumptions.SEED <= assumptions.SEEDS_TRIED
