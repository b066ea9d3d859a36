"""The words of a concern's history that the public reads, in every language offered."""

from engage.shared.words import N_

TOLD = N_("We told you what we did")
CHANGED = N_("We changed what we told you")
TAKEN_BACK = N_("We took back an update")
TAKEN_BACK_FOR_SAFETY = N_("We took back an update, to keep someone safe")
MADE_PUBLIC = N_("We put this on our public page")
PUT_TOGETHER = N_("We put another concern together with this one")
