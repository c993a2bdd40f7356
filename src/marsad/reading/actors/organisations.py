"""Groups and institutions: those that are known, and those that their form or the text gives away."""

from __future__ import annotations

from collections.abc import Callable

from marsad.reading.actors.names import Name, name_words, organisation_heads, organisations
from marsad.reading.actors.register import Draft, Register
from marsad.reading.actors.states import country_words
from marsad.reading.actors.taught import other_names
from marsad.reading.text import Text
from marsad.records.reading import ActorKind


def add_known(text: Text, names: tuple[Name, ...], register: Register) -> None:
    """The actors of `actors.toml`, under the name that stands there."""
    for name in names:
        if name.known is not None and not _is_hyphenated(text, name):
            known = Draft(name.known.name, name.known.kind, parent=name.known.parent)
            register.mention(register.add(known), name.span)


def _is_hyphenated(text: Text, name: Name) -> bool:
    """The name is half of an adjective: "UN-brokered"."""
    after = text.text[name.end : name.end + 2]
    return after[:1] in {"-", "‑"} and not after[1:].isspace()


def add_organisations(
    text: Text, names: list[Name], register: Register, speaks: Callable[[int], bool]
) -> None:
    """Organisations by head noun, by an acronym in brackets, by what speaks, by apposition."""
    acronyms = {
        acronym: text[name.span]
        for name in names
        if name.kind in {"organisation", "unknown"} and (acronym := _acronym_after(text, name))
    }
    full_names = set(acronyms.values())
    given = other_names(text, tuple(names))
    written = _written_out(text, register)
    by_initials = {
        _initials(full): full
        for name in names
        if name.kind == "organisation" and len(full := text[name.span].split()) > 2
    }
    for name in names:
        words = text[name.span]
        if (owner := register.named(given.get(words, ""))) is not None:
            register.mention(owner, name.span)
        elif name.kind == "acronym" and (draft := written.get(words)):
            register.mention(draft, name.span)
        elif name.kind == "organisation" or words in full_names:
            register.mention(register.add(Draft(words, _kind(text, name))), name.span)
        elif words in acronyms:
            _mention_again(register, acronyms[words], name)
        elif name.kind == "acronym" and words in by_initials:
            _mention_again(register, " ".join(by_initials[words]), name)
        elif _speaks_by_acronym(name, words, speaks) or (
            name.kind == "unknown" and _is_described(text, name)
        ):
            register.mention(register.add(Draft(words, "organisation")), name.span)


def _mention_again(register: Register, full: str, name: Name) -> None:
    draft = register.named(full)
    if draft is not None:
        register.mention(draft, name.span)


def _initials(words: list[str]) -> str:
    return "".join(word[0].upper() for word in words if word[0].isupper())


def _written_out(text: Text, register: Register) -> dict[str, Draft]:
    """Bodies named in lower case before their acronym: "the high peace committee (HPC)"."""
    found: dict[str, Draft] = {}
    for at in range(4, len(text.tokens) - 1):
        acronym = text.tokens[at].text
        bracketed = text.tokens[at - 1].text == "(" and text.tokens[at + 1].text == ")"
        size = len(acronym)
        if not (bracketed and acronym.isupper() and acronym.isalpha() and 3 <= size <= 6 and at > size):
            continue
        words = text.tokens[at - 1 - size : at - 1]
        spelled = "".join(t.text[0].upper() for t in words) == acronym
        if spelled and words[-1].text.islower() and words[-1].lower in organisation_heads():
            span = (words[0].begin, words[-1].end)
            draft = register.add(Draft(text[span], organisation_heads()[words[-1].lower]))
            register.mention(draft, span)
            found[acronym] = draft
    return found


def _speaks_by_acronym(name: Name, words: str, speaks: Callable[[int], bool]) -> bool:
    return name.kind == "acronym" and speaks(name.last) and words not in country_words()


def _acronym_after(text: Text, name: Name) -> str | None:
    """The acronym in brackets right after a name: "Ruritanian Front (RF)"."""
    tokens = text.tokens[name.last : name.last + 3]
    bracketed = len(tokens) == 3 and tokens[0].text == "(" and tokens[2].text == ")"
    if name.last - name.first < 2 or not bracketed:
        return None
    word = tokens[1].text
    return word if word.isupper() and len(word) >= 2 else None


def _kind(text: Text, name: Name) -> ActorKind:
    tokens = text.tokens[name.first : name.last]
    if tokens[0].lower in name_words().bands:
        return "armed_group"
    kinds = [organisation_heads()[t.lower] for t in tokens if t.lower in organisation_heads()]
    if tokens[0].text in {"UN", "U.N.", "EU", "International"} and kinds:
        return "international_org"
    kind: ActorKind = kinds[-1] if kinds else "organisation"
    named_by_state = len(tokens) > 1 and tokens[-2].text in country_words()
    if kind == "state_force" and tokens[-1].lower == "forces" and not named_by_state:
        return "armed_group"  # "Ruritanian Democratic Forces" are no state's
    return kind


def _is_described(text: Text, name: Name) -> bool:
    """ "the charity Xyz", "Xyz, a London-based thinktank,"."""
    nouns = organisations().describing
    if name.first and text.tokens[name.first - 1].lower in nouns - {"group"}:
        return True
    after = text.tokens[name.last : name.last + 7]
    opens = len(after) > 1 and after[0].text == "," and after[1].lower in {"a", "an", "the"}
    return opens and any(t.lower in nouns for t in after)
