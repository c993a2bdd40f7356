"""Six invented reports on an invented group, read by the reader itself, and a watch on the group.

They hold two estimates that exclude each other, a toll, two accounts of one attack, a denial, a correction, private persons, a camp,
a right-to-left title, and words that are markup in some format.
"""

from __future__ import annotations

import json
from pathlib import Path

from marsad import ingest
from marsad.assessment.watch import Indicator, Watch
from marsad.ledger.store import Store

GROUP = "Salt Road Brigade"
FIRST, LAST = "2024-03-01", "2024-03-31"
PRIVATE = ("Samira", "Haddush", "Kharnoub")  # a resident, and a camp
RIGHT_TO_LEFT = "تقرير عن لواء طريق الملح"

WATCH = Watch(
    name="salt-road",
    title="The Salt Road Brigade",
    subjects=(GROUP,),
    indicators=(
        Indicator(name="strength", title="Strength", themes=("strength",), measures=("strength.",)),
        Indicator(
            name="capability",
            title="Capability",
            themes=("capability",),
            incidents=("ASSAULT",),
            measures=("casualties.", "attacks."),
        ),
        Indicator(
            name="detention",
            title="Detention",
            themes=("detention", "displacement"),
            measures=("detention.", "displacement."),
        ),
        Indicator(name="finance", title="Finance", themes=("finance",), measures=("finance.",)),
    ),
)

REPORTS = (
    {
        "publisher": "Harbour Post",
        "published": "2024-01-20",
        "title": "A brigade that counts its men",
        "text": "The Salt Road Brigade (SRB) has between 900 and 1,100 fighters in Syria, according to the Coastal "
        "Institute. The institute's director, Karl Brandt, said the SRB was growing again in the east of the country.",
    },
    {
        "publisher": "Meridian Wire",
        "published": "2024-03-04",
        "title": RIGHT_TO_LEFT,
        "text": "RAQQA, Syria – The Salt Road Brigade (SRB) has between 2,000 and 2,500 fighters in Syria, the "
        "defence ministry said on Sunday.\n\nThe SRB attacked a checkpoint in Hajin on 2 March 2024 and killed "
        "six soldiers, the ministry said. The SRB denied the attack.\n\nSamira Haddush, 34, a resident of Hajin, "
        "said she had seen men of the SRB burn two houses. She now lives in the Kharnoub camp.",
    },
    {
        "publisher": "Harbour Post",
        "published": "2024-03-10",
        "title": "Fewer than they say",
        "text": "The Salt Road Brigade (SRB) has between 500 and 700 fighters in Syria, the United Nations said on "
        "9 March 2024. “The group is weaker than it was a year ago,” said Helena Duarte, a spokeswoman for the "
        "United Nations.\n\nAbout 4,000 people are held in the Kharnoub camp, the United Nations said.",
    },
    {
        "publisher": "Odd Gazette",
        "published": "2024-03-12",
        "title": "<script>alert(1)</script> #set page(width: 1pt) | *bold* [x](http://example.org)",
        "text": "The Salt Road Brigade (SRB) is stronger than ever, said the analyst Rosa Lindt. “It will *never* "
        "#strike <b>again</b> | or $pay$ its _debts_ @home,” said the defence minister, Omar Faris, of the SRB.",
    },
    {
        "publisher": "Lakeside Daily",
        "published": "2024-03-15",
        "title": "The dead of Hajin",
        "text": "The Salt Road Brigade (SRB) attacked a checkpoint in Hajin on 2 March 2024, the town's council said. "
        "Nine people were injured.",
    },
    {
        "publisher": "Meridian Wire",
        "published": "2024-03-20",
        "title": "Correction",
        "text": "This article was amended on 21 March 2024. An earlier version misstated the number of dead.\n\n"
        "The Salt Road Brigade (SRB) killed at least 12 civilians in eastern Syria in February 2024, the Coastal "
        "Institute said.",
    },
)


def made(folder: Path) -> Path:
    """A workspace in `folder` with all of them."""
    lines = folder / "reports.jsonl"
    lines.write_text("".join(json.dumps(each) + "\n" for each in REPORTS), encoding="utf-8")
    workspace = folder / "workspace"
    with Store.open(workspace, create=True) as ledger:
        outcomes = list(ingest.add(ledger, [str(lines)]))
    assert [type(each).__name__ for each in outcomes] == ["Added"] * len(REPORTS)
    return workspace
