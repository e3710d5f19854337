"""The calculator page: a form made from the model and the study, the numbers it computes with, and its scripts.

Everything stands in the page itself: browsers load neither data nor modules from other files for a page on disk.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape

from living_article.display import format
from living_article.display.figures.survival import tick
from living_article.display.sentences.nomogram import caution
from living_article.display.terms import singular
from living_article.display.words import listed, lower_first
from living_article.statistics.nomogram import ticks
from living_article.study.model import Covariate, Endpoint, Study

DATA = "calculator-model"  # id of the script element that holds the numbers


def calculator(model: Mapping, study: Study, styles: str, scripts: Iterable[str]) -> dict[str, object]:
    """Return what the page ``book/calculator.md`` shows, by name.

    Parameters
    ----------
    model
        What `living_article.analysis.prediction_model.prediction_model` returns.
    study
        The study, for labels, units and provenance.
    styles, scripts
        Style sheet and scripts (classic, in this order) as text.

    Returns
    -------
    dict
        ``form``: HTML with styles, numbers and scripts; ``endpoint``, ``level`` and ``caution``: words;
        ``coarse``: whether the curve has coarse steps.
    """
    data = json.dumps(page_data(model, study), ensure_ascii=False, allow_nan=False)
    endpoint = study.endpoints[model["endpoint"]]
    parts = [f"<style>\n{styles}</style>", *_form(model, study, endpoint)]
    safe = data.replace("<", "\\u003c")  # a label with `<` must not end the script element
    parts.append(f'<script type="application/json" id="{DATA}">{safe}</script>')
    parts += [f"<script>\n{script}</script>" for script in scripts]
    return {
        "form": "\n".join(parts),
        "endpoint": lower_first(endpoint.label),
        "level": format.level(1 - model["conf_level"]),
        "caution": caution(study.provenance),
        "coarse": model["coarse"],
    }


def page_data(model: Mapping, study: Study) -> dict[str, object]:
    """Return the model with what the scripts write: labels of terms, levels, endpoint and times, ticks of axes."""
    endpoint = study.endpoints[model["endpoint"]]
    return {
        **model,
        "label": endpoint.label,
        "unit": endpoint.unit,
        "level": format.level(1 - model["conf_level"]),
        "terms": [term | _words(study.term(term["id"]), term) for term in model["terms"]],
        "total_ticks": ticks(0, model["highest"])[:-1].tolist(),
        "time_tick": float(tick(model["last"])),
    }


def _words(covariate: Covariate, term: Mapping) -> dict[str, object]:
    """Return label and unit of a term, and the labels of its ticks or levels in the order of its axis."""
    labels = [f"{at:g}" if covariate.numeric else covariate.levels[at] for at, _ in term["axis"]]
    return {"label": covariate.label, "unit": covariate.unit or "", "labels": labels}


def _form(model: Mapping, study: Study, endpoint: Endpoint) -> Iterable[str]:
    """Yield the form line by line; it stays hidden until the script fills it, since nothing works without."""
    badge, said = escape(study.provenance.badge), escape(caution(study.provenance))
    yield '<noscript><p class="calculator-caution">The calculator needs JavaScript. Without it, read predictions off'
    yield ' <a href="../notebooks/nomogram.html">the drawn nomogram</a>.</p></noscript>'
    yield '<form class="calculator" id="calculator" aria-label="Nomogram calculator" novalidate hidden>'
    yield f'<p class="calculator-caution"><strong>{badge}.</strong> {said}</p>'
    yield '<p class="calculator-problem" id="calculator-link" role="alert"></p>'
    yield "<fieldset><legend>Patient</legend>"
    yield _axis_row("Points", "of each value", "points-scale")
    yield from (_term_row(study.term(term["id"]), term) for term in model["terms"])
    yield "</fieldset>"
    yield '<div class="calculator-results">'
    yield _axis_row("Total points", "sum of the points", "total", "total")
    unit = singular(endpoint.unit)
    for place, horizon in enumerate(model["horizons"]):
        name = f"{horizon['time']:g}-{unit} survival"
        yield _axis_row(name, f"{endpoint.short}, %", f"horizon-{place}", f"horizon-{place}")
    yield "</div>"
    yield '<output class="calculator-summary" id="calculator-summary" aria-live="polite"></output>'
    yield '<div class="calculator-buttons"><button type="button" name="reset">Reset to the worked example</button>'
    yield '<button type="button" name="copy">Copy link to this patient</button>'
    yield '<output id="calculator-copied" aria-live="polite"></output></div>'
    yield from _figure(model, endpoint, badge)
    yield "</form>"


def _term_row(covariate: Covariate, term: Mapping) -> str:
    """Return label, control, axis, points and room for a problem of one term."""
    name = f"calculator-{covariate.id}"
    control = _number(name, term) if covariate.numeric else _choice(name, covariate, term)
    detail = f"{term['low']:g} to {term['high']:g} {covariate.unit or ''}".strip() if covariate.numeric else ""
    return (
        f'<div class="calculator-row" data-term="{escape(covariate.id)}">'
        f'<label for="{name}">{escape(covariate.label)} <small>{escape(detail)}</small></label>{control}'
        f'{_drawing("axis")}<span class="calculator-value" id="{name}-points">'
        f'<data></data><span class="visually-hidden"> points</span></span>'
        f'<p class="calculator-problem" id="{name}-problem"></p></div>'
    )


def _number(name: str, term: Mapping) -> str:
    step = "1" if term["kind"] == "count" else "any"
    ends = f'min="{term["low"]:.15g}" max="{term["high"]:.15g}" step="{step}"'
    return f'<input type="number" id="{name}" {ends} inputmode="decimal" {_described(name)}>'


def _described(name: str) -> str:
    return f'aria-describedby="{name}-points {name}-problem"'


def _choice(name: str, covariate: Covariate, term: Mapping) -> str:
    options = "".join(
        f'<option value="{escape(level)}">{escape(covariate.levels[level])}</option>' for level, _ in term["axis"]
    )
    return f'<select id="{name}" {_described(name)}><option value="">choose …</option>{options}</select>'


def _axis_row(label: str, detail: str, key: str, value: str = "") -> str:
    """Return an axis without a control; ``value`` names the number at its end."""
    number = f'<data data-value="{value}"></data> <small></small>' if value else ""
    return (
        f'<div class="calculator-row calculator-scale" data-axis="{key}"><span class="calculator-name">{escape(label)} '
        f'<small>{escape(detail)}</small></span>{_drawing("axis")}<span class="calculator-value">{number}</span></div>'
    )


def _drawing(kind: str) -> str:
    return f'<svg class="calculator-{kind}" aria-hidden="true" focusable="false"></svg>'


def _figure(model: Mapping, endpoint: Endpoint, badge: str) -> Iterable[str]:
    marked = listed([f"{h['time']:g}" for h in model["horizons"] if h["estimable"]])
    dots = f"; dots with bars mark {marked} {endpoint.unit}" if marked else ""
    yield '<figure class="calculator-figure">'
    yield '<svg class="calculator-curve" id="calculator-curve" role="img" aria-label="No prediction"></svg>'
    yield f"<figcaption>Predicted {escape(lower_first(endpoint.label))} with {format.level(1 - model['conf_level'])}"
    yield f" confidence band{escape(dots)}. <em>{badge}.</em></figcaption></figure>"
