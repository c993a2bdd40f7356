"""What is made on the way when gathered claims are compared, each part once.

Agreements and contradictions both need what each claim says, who speaks and which claims say the same:
most of the work. Whoever asks for both makes one `Compared` of what was gathered, hands it to both, and
lets it go with what they gave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from marsad.assessment.agreement.incidents import incident_groups
from marsad.assessment.agreement.origins import Voices
from marsad.assessment.agreement.statements import statements
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.linkage.claims.facts import Facts, Statement, facts, ranked
from marsad.linkage.claims.grouping import leaders
from marsad.linkage.claims.weighing import odds
from marsad.records.reading import Claim, Incident

SURELY = 1.5  # log odds from which two claims say the same so surely that one can confirm the other


class Compared:
    """Gathered claims with what each says, and which say the same. Each part is made when it is asked for."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered

    @cached_property
    def voices(self) -> Voices:
        return Voices(self.gathered)

    @cached_property
    def statements(self) -> list[Statement]:
        """One for each claim, `ranked`: row by row those of `facts`."""
        return ranked(statements(self.gathered))

    @cached_property
    def facts(self) -> Facts:
        return facts(self.statements)

    @cached_property
    def groups(self) -> list[list[Found[Claim]]]:
        """All claims in groups that say the same, in the order in which they became known."""
        led: defaultdict[int, list[Found[Claim]]] = defaultdict(list)
        for leader, said in zip(leaders(self.facts).tolist(), self.statements, strict=True):
            led[leader].append(self.by_id[said.key])
        return list(led.values())

    def surely_same(self, claims: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The pairs of these claims, by their ids, of which not only the group is the same, surest first."""
        rows = np.array(sorted(self._rows[each] for each in claims), np.int64)
        first, second = (rows[at] for at in np.triu_indices(len(rows), 1))
        scores = odds(self.facts, first, second)
        for at in np.lexsort((second, first, -scores)):
            if scores[at] < SURELY:
                return
            yield self.statements[first[at]].key, self.statements[second[at]].key

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {each.key: row for row, each in enumerate(self.statements)}

    @cached_property
    def group_of(self) -> dict[str, list[Found[Claim]]]:
        """The same by the id of each claim."""
        return {found.id: group for group in self.groups for found in group}

    @cached_property
    def by_id(self) -> dict[str, Found[Claim]]:
        return {found.id: found for found in self.gathered.claims}

    @cached_property
    def incident_groups(self) -> list[list[Found[Incident]]]:
        return incident_groups(self.gathered)


def compared(given: Gathered | Compared) -> Compared:
    """What was gathered, to be compared; what is so already, as it is."""
    return given if isinstance(given, Compared) else Compared(given)
