"""Which claim a denial denies."""

from marsad.reading.claims import denials
from marsad.records.reading import Claim, Cue, Party


class Told:
    """The claims of an invented text, one after another."""

    def __init__(self):
        self.claims = []
        self.at = 0

    def add(self, words, *, by="the mayor", polarity="affirmed", attitude="statement", cue=None, **known):
        begin, self.at = self.at, self.at + len(words) + 20
        known.setdefault("spans", ((begin, begin + len(words)),))
        holder = Party(text=by, spans=(), actor=known.pop("actor", None), kind="person") if by else None
        claim = Claim(
            id=f"c{len(self.claims) + 1}", text=words, kind="attributed", reader="test@1", source=holder,
            polarity=polarity, attitude=attitude, cue=cue, **known,
        )  # fmt: skip
        self.claims.append(claim)
        return claim

    def deny(self, words, *, by="the army", **known):
        known.setdefault("cue", Cue(text="has denied", spans=((self.at, self.at),)))
        return self.add(words, by=by, polarity="denied", **known)

    def denied(self):
        return [claim.denies for claim in denials.link(self.claims)]


def test_a_denial_is_of_the_claim_that_says_what_is_denied():
    told = Told()
    told.add("the army shelled the clinic at Dorva on Monday")
    told.add("the harvest was poor in every valley")
    told.deny("shelling the clinic at Dorva")
    assert told.denied() == [None, None, "c1"]


def test_two_claims_on_the_same_actors_are_not_the_same_claim():
    told = Told()
    told.add("the army and the Northern Guard met in Dorva")
    told.deny("that the Northern Guard had left Dorva")
    assert told.denied() == [None, None]


def test_nobody_denies_his_own_claim():
    told = Told()
    told.add("the army shelled the clinic at Dorva", by="the army")
    told.deny("shelling the clinic at Dorva")
    assert told.denied() == [None, None]


def test_figures_have_to_agree():
    told = Told()
    told.add("the army shelled 12 clinics in the valley")
    told.deny("that the army shelled 40 clinics in the valley")
    assert told.denied() == [None, None]


def test_a_denied_negation_denies_a_negated_claim():
    told = Told()
    told.add("the army did not shell the clinic at Dorva", by="the guard")
    told.add("the army shelled the clinic at Dorva")
    told.deny("that it did not shell the clinic at Dorva", by="the observers")
    assert told.denied() == [None, None, "c1"]


def test_a_denied_report_that_holds_its_claim_is_denied_itself():
    told = Told()
    told.add("soldiers had looted a mill somewhere", by="villagers")
    denial = told.deny("reports that its men had burned the granary")
    begin = denial.spans[0][0]
    told.add(
        "that its men had burned the granary", by=None, parent=denial.id, spans=((begin + 8, begin + 43),),
        cue=Cue(text="reports", spans=((begin, begin + 7),)),
    )  # fmt: skip
    assert told.denied() == [None, "c3", None]


def test_the_claim_that_is_only_named_is_the_one_told_last():
    told = Told()
    told.add("the road is open")
    told.add("the league had burned the granary")
    told.deny("the claim")
    assert told.denied() == [None, None, "c2"]


def test_all_claims_are_no_claim():
    told = Told()
    told.add("the army had burned the granary")
    told.deny("all claims")
    assert told.denied() == [None, None]


def test_it_is_only_a_claim_about_the_denier():
    told = Told()
    told.add("the army had burned the granary", about=("a1",))
    told.deny("it", actor="a1")
    told.deny("it", by="the league", actor="a2")
    assert told.denied() == [None, "c1", None]


def test_a_pronoun_in_a_denial_is_the_denier():
    told = Told()
    told.add("the army is planning to empty the villages")
    told.deny("that it is emptying villages", by="the army")
    assert told.denied() == [None, "c1"]


def test_another_claim_of_the_same_words_is_denied_there():
    told = Told()
    claim = told.add("the army is emptying the villages", by="farmers")
    told.deny("the army is emptying the villages", by="its", spans=claim.spans)
    assert told.denied() == [None, "c1"]


def test_who_refuses_denies_nothing():
    told = Told()
    told.add("the army shelled the clinic at Dorva")
    told.deny("to shell the clinic at Dorva", attitude="intention")
    assert told.denied() == [None, None]


def test_an_empty_denial_denies_nothing():
    told = Told()
    told.add("the army shelled the clinic at Dorva")
    told.deny("it", actor=None)
    assert told.denied() == [None, None]
