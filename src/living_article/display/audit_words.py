"""What the pages say of a verdict: its sign, its meaning, and the line at the foot of a section."""

from __future__ import annotations

from collections.abc import Sequence

from living_article.audit.outcome import Verdict
from living_article.audit.run import Finding
from living_article.audit.wording import counted, listed

SIGNS = {
    Verdict.REPRODUCES: "✓",
    Verdict.ONLY_WITH: "≈",
    Verdict.NOT: "✗",
    Verdict.INCONSISTENT: "≠",
    Verdict.IMPOSSIBLE: "∅",
    Verdict.DEFINITIONAL: "§",
    Verdict.PATIENTS: "…",
}
LABELS = {verdict: str(verdict) for verdict in Verdict} | {Verdict.ONLY_WITH: "reproduces only with …"}
MEANINGS = {
    Verdict.REPRODUCES: "the printed value follows from other printed numbers by the method the article names, "
    "or its printings agree.",
    Verdict.ONLY_WITH: "it follows by another test, another kind of rounding or other counts, which are named.",
    Verdict.NOT: "it follows by none of the methods tried.",
    Verdict.INCONSISTENT: "two or more printed numbers that should say the same do not.",
    Verdict.IMPOSSIBLE: "no data of the printed size can give it; the working shows the bound.",
    Verdict.DEFINITIONAL: "the wording decides what the number means; there is nothing to recompute.",
    Verdict.PATIENTS: "only patient data could tell. "
    "What the reconstructed cohort gives shows that a value can occur, no more.",
}
KEYS = {verdict: verdict.name.lower().replace("_", "-") for verdict in Verdict}
"""Names of the verdicts in style sheets, scripts and addresses."""

UNSETTLED = (Verdict.DEFINITIONAL, Verdict.PATIENTS)


def label(section: str) -> str:
    """Return the name of a section as readers see it."""
    return section.replace("_", " ").capitalize()


def count_words(findings: Sequence[Finding], verdicts: Sequence[Verdict] = tuple(Verdict)) -> str:
    """Return ``255 reproduce, 26 reproduce only with …`` for the verdicts that occur."""
    plural = {
        Verdict.REPRODUCES: "reproduce",
        Verdict.ONLY_WITH: "reproduce only with another method or reading",
        Verdict.NOT: "do not reproduce",
        Verdict.INCONSISTENT: "are internally inconsistent",
        Verdict.IMPOSSIBLE: "are impossible",
        Verdict.DEFINITIONAL: "are definitional",
        Verdict.PATIENTS: "need patient data",
    }
    singular = plural | {
        Verdict.REPRODUCES: "reproduces",
        Verdict.ONLY_WITH: "reproduces only with another method or reading",
        Verdict.NOT: "does not reproduce",
        Verdict.INCONSISTENT: "is internally inconsistent",
        Verdict.IMPOSSIBLE: "is impossible",
        Verdict.DEFINITIONAL: "is definitional",
        Verdict.PATIENTS: "needs patient data",
    }
    counts = {v: sum(f.verdict is v for f in findings) for v in verdicts}
    words = [f"{n} {(singular if n == 1 else plural)[v]}" for v, n in counts.items() if n]
    return listed(words) if words else "none"


def whole_line(findings: Sequence[Finding]) -> str:
    """Return how many of all claims reproduce, of those that can be recomputed."""
    settled = [f for f in findings if f.verdict not in UNSETTLED]
    good = sum(f.verdict is Verdict.REPRODUCES for f in settled)
    share = f" ({100 * good / len(settled):.0f}%)" if settled else ""
    return f"Of {len(settled)} printed claims that can be recomputed from printed numbers, {good}{share} reproduce."


def section_line(findings: Sequence[Finding], section: str, page: str) -> str:
    """Return the line at the foot of a section, with a link to its claims on the audit page; "" without claims.

    ``page`` is the address of the audit page as seen from the section. Markdown with one inline HTML link,
    since the target is a row of a table that Sphinx does not know.
    """
    own = [f for f in findings if f.section == section]
    if not own:
        return ""
    settled = [f for f in own if f.verdict not in UNSETTLED]
    link = f'<a class="audit-foot" href="{page}#audit-{section}">each claim with its working</a>'
    if not settled:
        text = f"The {counted(len(own), 'printed claim')} of this section cannot be recomputed"
    elif len(settled) == 1:
        verdict = count_words(settled).removeprefix("1 ")
        text = f"The one printed claim of this section that can be recomputed {verdict}"
    else:
        rest = count_words(settled, [v for v in Verdict if v is not Verdict.REPRODUCES])
        good = sum(f.verdict is Verdict.REPRODUCES for f in settled)
        verb = "reproduces" if good == 1 else "reproduce"
        share = f"All {good}" if good == len(settled) else f"{good} of the {len(settled)}"
        text = f"{share} printed claims of this section that can be recomputed {verb}"
        text += f"; {rest}" if good < len(settled) else ""
    open_ = count_words(own, UNSETTLED)
    more = f" A further {open_}." if settled and len(settled) < len(own) else ""
    return f"**Audit.** {text}.{more} See {link}."
