"""The rules on values: the answer, the wrong answers, the contrasts, the claims, the seeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quizcnn.answer.comparing import number_of, same, shown
from quizcnn.answer.computing import Computed
from quizcnn.answer.working import Trouble, Working, WrongResult
from quizcnn.check.proof import Proof
from quizcnn.deck.model import Kind, Place, Question, Wrong
from quizcnn.deck.prose import fill
from quizcnn.verify.evidence import Evidence
from quizcnn.verify.findings import Findings, smallness
from quizcnn.verify.placing import contrast_place, moved, trouble_place, unheld

EXPRESSION = "write an expression over the givens"


@dataclass(frozen=True, slots=True)
class Shown:
    """Which wrong answers were refuted and which contrasts flipped, by their place in the list."""

    refuted: frozenset[int]
    flipped: frozenset[int]


def judge(evidence: Evidence, findings: Findings) -> Shown:
    """Hold the evidence against the rules on values, and note what does not hold."""
    question = evidence.question
    for situation in evidence.situations:
        _answer(situation.working, findings)
    for fault in evidence.faults:
        place = moved(findings.field(fault.path), fault.failure)
        code = fault.path.partition(".")[0]
        findings.add(code, fault.reason, place, fault.variant, hint=EXPRESSION)
    if findings.proof is None:  # what fails for seed 0 is not the seed's fault
        for situation in evidence.seeded:
            _answer(situation.working, findings)
    if _repeats_answer(question):
        findings.add(
            "circular",
            "The check is the answer's own expression; compute it.",
            question.check_place,
        )
    refuted = _wrong(evidence, findings)
    flipped = _contrasts(evidence, findings)
    _claims(evidence, findings)
    _teeth(question, findings)
    _reproduced(evidence, findings)
    return Shown(refuted, flipped)


def _answer(working: Working, findings: Findings) -> None:
    """Rules 1 and 8 (and 4, for other seeds): the check confirms the stored answer."""
    if working.trouble is None:
        return
    trouble = working.trouble
    code = "seed" if working.seed and trouble.code in ("answer", "claim", "wrong") else trouble.code
    failure = trouble.proof.failure
    # the language's own words already say what to write instead
    hint = "" if failure and failure.kind == "refused" else _mending(working)
    for reason, place in _reasons(working, trouble):
        findings.add(code, reason, place, working.variant, working.seed, trouble.proof, hint)


def _reasons(working: Working, trouble: Trouble) -> Iterator[tuple[str, Place]]:
    """What is wrong, and where: of several claims that do not hold, each."""
    if trouble.code != "claim":
        yield trouble.reason, trouble_place(working, trouble)
        return
    for claim, result, place in unheld(working.question, trouble.proof):
        failure = result.failure
        why = f"cannot be computed: {failure.message}" if failure else "does not hold."
        yield f"The claim “{fill(claim.say, working.variant.values)}” {why}", place


def _mending(working: Working) -> str | None:
    """How to mend an answer that is a rounded value; None where its code says enough."""
    question = working.question
    value, stored = working.computed.value, working.stored
    if question.tolerance or not isinstance(value, float) or not value % 1:
        return None
    near = number_of(stored)
    if near is None or abs(near - value) > abs(value) / 10:
        return None
    return "the value is not whole: write `tolerance: {abs: 0.01}`, say, or mend the answer"


def _repeats_answer(question: Question) -> bool:
    answer = question.answer
    if question.kind is Kind.RECALL or not isinstance(answer, str):
        return False
    return "".join(answer.split()) == "".join(question.check.split())


def _wrong(evidence: Evidence, findings: Findings) -> frozenset[int]:
    """Rule 2 and the slips' part of rule 3. Gives the wrong answers that are refuted."""
    question = evidence.question
    workings = [situation.working for situation in evidence.situations]
    refuted = set()
    for index, wrong in enumerate(question.wrong):
        pairs = [(working, working.wrong[index]) for working in workings if working.wrong]
        results = [result for _, result in pairs]
        offered = [result for result in results if result.offered]
        astray = question.kind is Kind.CHOICE and any(
            option.right and option.text in _texts(result.value)
            for working, result in pairs
            for option in working.options
        )
        if offered and not astray:
            refuted.add(index)
        elif results and not offered:
            moved = any(result.failure or _moves(one, result) for one, result in pairs)
            smallest, result = min(pairs, key=lambda pair: smallness(pair[0].variant))
            findings.add(
                "wrong" if moved or not _is_slip(wrong) else "slip",
                f"“{result.because}” is offered on no variant. {result.left_out}"
                + _coincides([working for working, _ in pairs], index),
                findings.field(f"wrong.{index}.is") if wrong.expression else wrong.place,
                smallest.variant,
            )
    return frozenset(refuted)


def _coincides(workings: Sequence[Working], index: int) -> str:
    """Which other wrong answer one coincides with and how often, "" where it does with none."""
    found = Counter(
        other.because
        for working in workings
        for other in working.wrong[:index]
        if other.offered and _alike(working, working.wrong[index], other)
    )
    if not found:
        return ""
    [(because, often)] = found.most_common(1)
    on = f"On {often} of {len(workings)} variants it" if len(workings) > 1 else "It"
    return f" {on} equals the one above that is told “{because}”"


def _alike(working: Working, one: WrongResult, other: WrongResult) -> bool:
    question = working.question
    right = not one.failure and _moves(working, one)
    return right and same(question.kind, one.value, other.value, question.tolerance)


def _is_slip(wrong: Wrong) -> bool:
    return wrong.expression is None and wrong.text is None


def _moves(working: Working, result: WrongResult) -> bool:
    question = working.question
    return not same(question.kind, result.value, working.right, question.tolerance)


def _texts(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _contrasts(evidence: Evidence, findings: Findings) -> frozenset[int]:
    """The contrasts' part of rule 3. Gives those that flip wherever they alter something."""
    flipped = set()
    for index, contrast in enumerate(evidence.question.contrast):
        altered, skipped, held = 0, 0, True
        for situation in (*evidence.situations, *evidence.seeded):
            computed = situation.contrasts[index]
            broken = bool(situation.working.computed.failure)  # the check itself, which is told
            if contrast.check is None and (
                broken or not _alters(situation.working.computed, computed)
            ):
                skipped += broken
                continue
            altered += 1
            if why := not_flipped(situation.working, computed):
                held = False
                because = fill(contrast.because, situation.working.variant.values)
                findings.add(
                    "contrast",
                    f"The contrast “{because}” {why}",
                    contrast_place(evidence.question, index, contrast, computed),
                    situation.working.variant,
                    situation.working.seed,
                    computed.proof,
                )
        if not altered and skipped:
            continue
        if not altered:
            findings.add(
                "contrast",
                f"The contrast “{contrast.because}” alters no given on any variant.",
                contrast.place,
            )
        elif held:
            flipped.add(index)
    return frozenset(flipped)


def _alters(plain: Computed, altered: Computed) -> bool:
    """Whether the givens, once evaluated, differ; a run that failed counts as altered."""
    if len(plain.proofs) != len(altered.proofs):
        return True
    pairs = zip(plain.proofs, altered.proofs, strict=True)
    return any(before.given != after.given for before, after in pairs)


def not_flipped(working: Working, computed: Computed) -> str:
    """Why a contrast does not show that the check can fail, "" where it does."""
    if computed.failure:
        return f"cannot be computed: {computed.failure}"
    broken = [claim.failure for proof in computed.proofs for claim in proof.claims if claim.failure]
    if broken:
        return f"has a claim that cannot be computed: {broken[0].message}"
    if computed.claim_failure:
        return ""
    question = working.question
    if question.kind is Kind.RECALL:
        if not question.claims and computed.value is False:
            return ""
        return "makes no claim fail." if question.claims else "does not make the check false."
    if not same(question.kind, computed.value, working.stored, question.tolerance):
        return ""
    return (
        f"does not flip the check: it computes {shown(question, computed.value)} "
        f"as before, and the stored answer is {shown(question, working.stored)}."
    )


def _claims(evidence: Evidence, findings: Findings) -> None:
    """Each claim fails under one contrast at least."""
    failing = {
        index
        for situation in evidence.situations
        for computed in situation.contrasts
        for proof in computed.proofs
        for index, claim in enumerate(proof.claims)
        if claim.holds is False
    }
    holding = {
        index
        for situation in evidence.situations
        for proof in situation.working.computed.proofs
        for index, claim in enumerate(proof.claims)
        if claim.holds
    }
    for index, claim in enumerate(evidence.question.claims):
        if index in holding and index not in failing:
            findings.add(
                "untested",
                f"The claim “{claim.say}” fails under no contrast; add one that makes it fail.",
                claim.place,
            )


def _teeth(question: Question, findings: Findings) -> None:
    """Rule 3: something shows that the check can fail."""
    refutable = question.kind is Kind.CHOICE and bool(question.wrong)
    slips = any(map(_is_slip, question.wrong))
    if not (question.contrast or slips or refutable):
        findings.add(
            "toothless",
            "Nothing shows that this check can fail: add a contrast, or a slip among the wrong "
            "answers.",
        )


def _reproduced(evidence: Evidence, findings: Findings) -> None:
    """The second half of rule 4: the same seed gives the same proof."""
    for working, again in evidence.again:
        pairs = zip(working.computed.proofs, again.proofs, strict=False)
        if any(_written(first) != _written(second) for first, second in pairs):
            findings.add(
                "seed",
                "The same seed does not give the same proof twice.",
                evidence.question.check_place,
                working.variant,
                proof=again.proof,
            )


def _written(proof: Proof) -> str:
    # not-a-number differs from itself, its text does not
    return repr(replace(proof, seconds=0.0))
