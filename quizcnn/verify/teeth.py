"""What trying the mutants of some questions came to, as frozen plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizcnn.check.mutants import Mutant
from quizcnn.deck.model import Place
from quizcnn.verify.report import Finding


class Catch(StrEnum):
    """What noticed a mutant first."""

    ANSWER = "the stored answer"
    CONTRAST = "a contrast"
    VARIANT = "another variant"
    SEED = "another seed"


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that nothing noticed, and where in the file its change would stand.

    `mark` is what `equivalent:` calls it: its name, or its altered line where the name is not its
    alone.
    """

    mutant: Mutant
    place: Place
    mark: str


@dataclass(frozen=True, slots=True)
class Teeth:
    """How many mutants of its check a question notices.

    `equivalent` are survivors that the question marks as computing the same, with its reasons;
    they count neither as caught nor as missed. `problems` are marks that do not fit. `skipped`
    says why nothing was tried.
    """

    key: str
    place: Place
    caught: tuple[tuple[Mutant, Catch], ...] = ()
    survivors: tuple[Survivor, ...] = ()
    equivalent: tuple[tuple[Mutant, str], ...] = ()
    problems: tuple[Finding, ...] = ()
    skipped: str = ""

    @property
    def noticed(self) -> int:
        """How many mutants are caught; a number that is moved up and down counts once."""
        return len({mutant.site for mutant, _ in self.caught})

    @property
    def tried(self) -> int:
        """How many mutants count."""
        return self.noticed + len({one.mutant.site for one in self.survivors})

    @property
    def by(self) -> Mapping[Catch, int]:
        """How many each thing noticed first."""
        first = {mutant.site: catch for mutant, catch in reversed(self.caught)}
        counted = Counter(first.values())
        return {catch: counted[catch] for catch in Catch}


def share(teeth: Sequence[Teeth]) -> float:
    """Which part of the mutants of some questions is caught; 1.0 where there are none."""
    tried = sum(one.tried for one in teeth)
    return sum(one.noticed for one in teeth) / tried if tried else 1.0
