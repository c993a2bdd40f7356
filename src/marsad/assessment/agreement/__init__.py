"""Agreement: claims and incidents that say the same, and how many independent origins say it.

statements  what each claim says, as `linkage.claims` compares it
origins     whose word a set of claims is, with echoes and doubtful names seen
incidents   which incidents of several documents are one
compared    what comparing them makes on the way, once for agreements and contradictions
groups      what all of it makes: agreements, with a proposed credibility
listing     agreements as JSON objects
"""

from marsad.assessment.agreement.compared import Compared
from marsad.assessment.agreement.groups import (
    Agreement,
    IncidentAgreement,
    agreements,
    incident_agreements,
)
from marsad.assessment.agreement.listing import listed

__all__ = ["Agreement", "Compared", "IncidentAgreement", "agreements", "incident_agreements", "listed"]
