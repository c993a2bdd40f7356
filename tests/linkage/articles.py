"""Articles written for the tests: one wire story, two other accounts of it, and boilerplate."""

from __future__ import annotations

WIRE = """\
Shelling forces families out of Tel Sindi.

More than forty families left the village of Tel Sindi on Tuesday night after shells fell on its
southern quarter, the head of the local council said.

The first round landed beside the grain store at about nine in the evening and set two lorries on
fire. A second and a third hit empty houses on the road to the river. Nobody in the council could say
who had fired, and no group claimed the attack by the following noon.

"We put the children on tractors and drove without lights," said a teacher who reached the town of
Qasr Amin before dawn. She had counted eleven tractors on the road, each with a trailer full of
blankets and cooking pots.

Volunteers opened the boys' school in Qasr Amin and handed out bread and water. The clinic treated
nine people for burns and cuts, two of them in a serious state, and sent both to the provincial
hospital in the morning.

The council asked the coalition to send engineers, since at least one shell had not gone off and lay
in the irrigation canal. Farmers fear that they will miss the last week of sowing if nobody clears
the fields before the rain.

It was the third night of shelling this month. On the first, a mill was damaged, and on the second a
shepherd lost most of his flock, but until Tuesday no family had wanted to leave.
"""

OTHER = """\
Villagers flee after night of fire on the river front.

Tel Sindi stood almost empty on Wednesday. Its people had gone in the dark, on foot and on farm
machines, when artillery struck the houses nearest to the river for the third time in four weeks.

Officials in Qasr Amin put the number of those who came at two hundred and fifty, most of them women
with small children. They sleep in classrooms, and the market has run out of mattresses.

"We put the children on tractors and drove without lights," said a teacher who reached the town of
Qasr Amin before dawn.

A commander of the forces that hold the west bank denied that his guns had been in action. The other
side gave no answer. Analysts see the barrage as an attempt to keep farmers from fields which both
want to tax after the harvest.

Aid workers warn that the school can only serve as a shelter until Sunday, when pupils return. They
look for tents, stoves and a place with a well, and they hope that the road stays open.
"""

NORTH = """\
Fuel queues stretch through the northern towns.

Drivers waited up to six hours for diesel on Thursday, two weeks after the last convoy crossed. The
price of a litre has doubled since spring, bakeries cut their shifts, and a workshop that makes water
tanks has sent half of its men home without pay until supplies come back.
"""

SOUTH = """\
Court hears first case under the new land law.

Three brothers from the southern plain told the judge that their father's orchard had been sold twice
during his absence. Lawyers expect some eight hundred similar suits before summer, as owners return
with deeds from the time before the war and find strangers under their trees.
"""

FOOTER = """\
Our newsroom is paid for by its readers. Sign up for the morning letter, which brings the five stories
of the day to your inbox at seven. Write to the desk with corrections and complaints.
"""

OUTLETS = (
    "Northern Wire", "Coast Herald", "Valley Post", "City Ledger", "The Morning Star of Amin",
    "River Times", "Plain Dealer", "East Bulletin", "Harbour Gazette", "Radio Sindi",
)  # fmt: skip


def edited(outlet: int) -> str:
    """The wire story as the outlet with this number, from 0 to 9, prints it: edited lightly."""
    paragraphs = WIRE.strip().split("\n\n")
    headline = f"{OUTLETS[outlet]}: families leave village {outlet + 3} hours after shelling"
    body = paragraphs[1:]
    if outlet % 3 == 1:
        del body[1 + outlet // 2]
    if outlet % 3 == 2:
        body.insert(3, f"The correspondent of {OUTLETS[outlet]} could not reach the village on Wednesday.")
    if outlet % 2:
        body = [paragraph.replace("nine", "9").replace("Nobody", "No one") for paragraph in body]
    if outlet > 5:
        body[0] = body[0].replace("More than forty families", "Over 40 families").replace("said", "reports")
    return "\n\n".join([headline, *body, f"Copyright {OUTLETS[outlet]}"])
