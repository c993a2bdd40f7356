"""Templates of MUC-4 and their scores: template filling, role fillers of a document, and slots.

*Template filling* is the measure of Du, Rush and Cardie (2021, "Template filling with generative
transformers"). Each template found is mapped to at most one of the key, of the same incident type, so that
most is right. The incident type of a mapped template is right. An entity found is right where every one of
its mentions is a mention of an entity of the key in the same role, and no entity of the key counts twice
(the published scorer lets it, so that a score here can only be lower). What is not mapped is wrong or missed
as a whole; templates that are the same in type and roles count once. Precision, recall and F1 are over the
types and entities of all documents.

*Role fillers* (CEAF-REE) is the measure of Du, Rush and Cardie (2021, "GRIT"): the entities of all templates
of a document by role, those that share a mention merged, matched one to one for most; a match is as above.

*Slots* are scored over mapped templates by the credit of `muc_slots`: precision is credit over fills found,
recall is credit over fills of the key (MUC-4, "all templates"). The mapping is the one above; where several
are as good, the one with most credit. A template that the key marks as optional is not missed; one that is
found and is mapped to it counts as any other.

Strings are compared without case, punctuation and articles. A type of the key such as "bombing / attack" is
either of the two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from marsad.evaluation.assignment import assignment
from marsad.evaluation.matching import Tally, share
from marsad.evaluation.muc_slots import SLOTS, Credit, Slots, credits_of, missing, normal, spurious

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
TYPE = "incident_type"

_TIE = 1 / 1024  # of the credit of slots, beside one fill that is right


class Template(NamedTuple):
    """One incident: its type, and by role its entities, each as the ways in which the text speaks of it.

    `slots` is None where nothing is known of them, as in keys of roles alone.
    """

    type: str
    roles: Mapping[str, Sequence[Sequence[str]]]
    slots: Slots | None = None
    optional: bool = False


Entities = tuple[frozenset[str], ...]
Scores = dict[str, float | dict[str, float | None] | None]
Pair = tuple[Sequence[Template], Sequence[Template]]


def score(pairs: Iterable[Pair]) -> Scores:
    """The scores of documents, each as the templates of its key and those found."""
    tallies = {name: Tally() for name in (TYPE, *ROLES)}
    fillers = Tally()
    slots = {name: [0.0, 0, 0] for name in SLOTS}
    for gold, found in pairs:
        _count_templates(tallies, _distinct(gold), _distinct(found))
        _count_fillers(fillers, gold, found)
        _count_slots(slots, gold, found)
    return _scores(tallies, fillers, slots)


def _scores(tallies: Mapping[str, Tally], fillers: Tally, slots: Mapping[str, Sequence[float]]) -> Scores:
    every = Tally()
    for tally in tallies.values():
        every.add(tally.matched, tally.gold, tally.found)
    return {
        "template_f1": every.rates.f1,
        "template_precision": every.rates.precision,
        "template_recall": every.rates.recall,
        "by_role": {name: tally.rates.f1 for name, tally in tallies.items()},
        "ceaf_ree_f1": fillers.rates.f1,
        "slots": {
            name: share(2 * worth, possible + actual) for name, (worth, possible, actual) in slots.items()
        },
    }


def mapping(gold: Sequence[Template], found: Sequence[Template]) -> dict[int, int]:
    """The template of the key, by number, to that found: for most that is right, then for most credit."""
    return dict(assignment([[_worth(key, answer) for answer in found] for key in gold]))


def _worth(key: Template, answer: Template) -> float:
    if not set(types(key.type)) & set(types(answer.type)):
        return 0.0
    right = 1 + sum(matched(entities(key, role), entities(answer, role)) for role in ROLES)
    if key.slots is None or answer.slots is None:
        return right
    return right + _TIE * sum(credit.worth for credit in credits_of(key.slots, answer.slots).values())


def types(name: str) -> tuple[str, ...]:
    """The incident types that a fill names."""
    return tuple(each.strip().lower() for each in name.split("/"))


def entities(template: Template, role: str) -> Entities:
    """The entities of a role, as sets of mentions in their normal form."""
    each = (frozenset(filter(None, map(normal, entity))) for entity in template.roles.get(role, ()))
    return tuple(filter(None, each))


def matched(gold: Entities, found: Entities) -> int:
    """How many entities of those found are, one to one, of the key."""
    return len(assignment([[float(answer <= key) for answer in found] for key in gold]))


def _distinct(templates: Sequence[Template]) -> list[Template]:
    """Templates that are the same in type and roles once."""
    kept: dict[object, Template] = {}
    for template in templates:
        bare = (frozenset(Counter(entities(template, role)).items()) for role in ROLES)
        kept.setdefault((template.type, *bare), template)
    return list(kept.values())


def _count_templates(
    tallies: Mapping[str, Tally], gold: Sequence[Template], found: Sequence[Template]
) -> None:
    mapped = mapping(gold, found)
    tallies[TYPE].add(len(mapped), len(gold), len(found))
    for role in ROLES:
        keys = [entities(template, role) for template in gold]
        answers = [entities(template, role) for template in found]
        right = sum(matched(keys[i], answers[j]) for i, j in mapped.items())
        tallies[role].add(right, sum(map(len, keys)), sum(map(len, answers)))


def _count_fillers(tally: Tally, gold: Sequence[Template], found: Sequence[Template]) -> None:
    for role in ROLES:
        keys, answers = _merged(gold, role), _merged(found, role)
        tally.add(matched(keys, answers), len(keys), len(answers))


def _merged(templates: Iterable[Template], role: str) -> Entities:
    """The entities of a role in all templates, those that share a mention as one."""
    merged: list[frozenset[str]] = []
    for entity in (entity for template in templates for entity in entities(template, role)):
        shared = [other for other in merged if other & entity]
        merged = [other for other in merged if other not in shared]
        merged.append(entity.union(*shared))
    return tuple(merged)


def _count_slots(
    tallies: Mapping[str, list[float]], gold: Sequence[Template], found: Sequence[Template]
) -> None:
    if any(key.slots is None for key in gold):
        return
    mapped = mapping(gold, found)
    for i, key in enumerate(gold):
        if i in mapped:
            _add(tallies, credits_of(key.slots or Slots(), found[mapped[i]].slots or Slots()))
        elif not key.optional:
            _add(tallies, missing(key.slots or Slots()))
    for j in set(range(len(found))) - set(mapped.values()):
        _add(tallies, spurious(found[j].slots or Slots()))


def _add(tallies: Mapping[str, list[float]], credit: Mapping[str, Credit]) -> None:
    for name, each in credit.items():
        for at, value in enumerate(each):
            tallies[name][at] += value
