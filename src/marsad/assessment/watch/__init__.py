"""A watch: a TOML file that names a subject, an area and indicators.

definition  what it holds, and what is refused
files       where watches lie: in a workspace, and those in `shipped/`
making      a new one
evidence    what the ledger holds on its subject in its area, and which indicators that serves
"""

from marsad.assessment.watch.definition import WINDOW, Indicator, Side, Watch
from marsad.assessment.watch.evidence import gather

__all__ = ["WINDOW", "Indicator", "Side", "Watch", "gather"]
