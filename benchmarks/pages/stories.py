"""Invented reports, each a list of blocks. No person, place or event in them exists."""

# ruff: noqa: E501 - paragraphs, each in one piece
from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["p", "h2", "quote", "item", "row"]


class Block(NamedTuple):
    """One paragraph of the text; the cells of a row have tabs between them."""

    text: str
    kind: Kind = "p"


class Story(NamedTuple):
    headline: str
    author: str
    date: str  # ISO 8601
    language: str
    blocks: tuple[Block, ...]


def _story(headline: str, author: str, date: str, language: str, *blocks: Block | str) -> Story:
    return Story(
        headline, author, date, language, tuple(b if isinstance(b, Block) else Block(b) for b in blocks)
    )


STORIES = (
    _story(
        "Four soldiers killed on the Telmara road, army says",
        "Ann Haddad",
        "2024-03-05",
        "en",
        "TELMARA, Ruritania – Four soldiers were killed on Monday when a convoy was hit on the road to Telmara, "
        "an army spokesman said. Two more were hurt.",
        "The Northern Front said in a statement that its fighters had attacked “a column of eleven vehicles” and "
        "put the number of dead at more than twenty. Neither figure could be checked.",
        Block(
            "“We left at night and walked until the morning,” a driver told reporters in the town.", "quote"
        ),
        Block("A road that changes hands", "h2"),
        "The road has changed hands three times since 2019. About 4,850 people live in the camp beside it, down "
        "from 5,200 in January, according to the camp’s manager.",
        "The United Relief Office said that it had stopped deliveries for the second week in a row, and that 1,300 "
        "families were without clean water.",
        "Talks between the two sides are to go on in Geneva on 12 March.",
    ),
    _story(
        "Flood and fighting leave 12,000 without shelter in Karsum",
        "The Desk",
        "2023-11-18",
        "en",
        "Some 12,000 people have no shelter after a week of rain and fighting in the district of Karsum, the "
        "district council said on Saturday.",
        "Its figures, which cover 14 of 19 villages, are higher than those of the health ministry, which speaks of "
        "9,400 people in all of the province.",
        Block("What is needed", "h2"),
        Block("Tents for 2,100 families, of which 600 have been sent.", "item"),
        Block("Two water pumps and fuel for thirty days, the council said.", "item"),
        Block("A safe road from the river to the hospital.", "item"),
        Block("District\tPeople\tOf them children", "row"),
        Block("Karsum North\t7,300\t3,900", "row"),
        Block("Karsum South\t4,700\t2,050", "row"),
        "A spokeswoman for the Army of the Valley denied that its men had closed the road. “Nobody was turned back "
        "by us,” she said, adding that the bridge had been unsafe since October.",
        "The price of bread has doubled since September, according to three bakers.",
    ),
    _story(
        "Why the truce of the hills may not last",
        "Bruno Sample",
        "2022-06-30",
        "en",
        "The truce that both sides signed in April has held for ten weeks. It may not hold for ten more.",
        "There are three reasons. The first is money: the militia’s reserves are thought to have fallen from $25m to "
        "about $10m in two years, and its men have not been paid since May.",
        "The second is the prison at Odrin, where between 300 and 350 fighters are held by guards who have no orders "
        "of their own. An inspector who went there in May described it as “a question that nobody has asked”.",
        Block("The third reason", "h2"),
        "The third is the harvest. Whoever holds the mills of the lower valley holds the vote in the autumn, and "
        "neither side has said that it would accept the other’s count.",
        Block(
            "“A truce is a pause in which both sides count their men,” the general wrote in his memoirs.",
            "quote",
        ),
        "None of this means that war is certain. It means that the next ten weeks are the ones to watch.",
    ),
    _story(
        "Two held after market blast",
        "Staff",
        "2024-01-09",
        "en",
        "Two men were held on Tuesday after a blast at the market of Halwan, police said.",
        "Nobody was killed. Three people were hurt, one of them badly.",
    ),
    _story(
        "مقتل أربعة جنود على طريق تلمارا",
        "سلمى حداد",
        "2024-03-05",
        "ar",
        "قال متحدث باسم الجيش يوم الاثنين إن أربعة جنود قتلوا عندما تعرضت قافلة لهجوم على الطريق المؤدي إلى تلمارا، "
        "وإن جنديين آخرين أصيبا بجروح.",
        "وقالت الجبهة الشمالية في بيان إن مقاتليها هاجموا «رتلاً من إحدى عشرة آلية»، وإن عدد القتلى تجاوز العشرين.",
        Block("طريق يتبدل من يسيطر عليه", "h2"),
        "وتبدلت السيطرة على الطريق ثلاث مرات منذ عام ٢٠١٩، ويعيش في المخيم القريب منه نحو ٤٨٥٠ شخصاً بحسب مدير المخيم.",
        Block("«غادرنا ليلاً ومشينا حتى الصباح»، قال سائق للصحفيين في البلدة.", "quote"),
        "ومن المقرر أن تستمر المحادثات بين الطرفين في جنيف في ١٢ آذار/مارس.",
    ),
)
