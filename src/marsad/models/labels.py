"""The tags that the chains of the reader give, by number: the order in which they were learned."""

from __future__ import annotations

from collections.abc import Sequence


def bio(kinds: Sequence[str]) -> list[str]:
    """The tags of some kinds of span: `O`, then `B-` and `I-` of each (Ramshaw and Marcus 1995)."""
    return ["O", *(f"{part}-{kind}" for kind in kinds for part in "BI")]


ROLES = ("source", "cue", "content")
ENTITY_TYPES = (
    "CommsIdentifier",
    "DocumentReference",
    "Frequency",
    "Location",
    "MilitaryPlatform",
    "Money",
    "Nationality",
    "Organisation",
    "Person",
    "Quantity",
    "Temporal",
    "Vehicle",
    "Weapon",
)
CUE_TAGS = bio(["cue"])
TRIPLE_TAGS = bio(ROLES)
ENTITY_TAGS = bio(ENTITY_TYPES)

FRAME_TYPES = ("attack", "bombing", "kidnapping", "arson", "robbery")  # of MUC-4 that are not too rare
FILLERS = ("perpetrator", "organisation", "target", "victim", "weapon", "described")  # victims by name or not
FILLER_TAGS = bio(FILLERS)
