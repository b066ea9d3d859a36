"""The areas a concern may be about. None named means the whole borough."""

WHOLE = "whole"  # how an address asks for what is about the whole borough
AREAS = {
    "barnet_vale": "Barnet Vale",
    "brunswick_park": "Brunswick Park",
    "burnt_oak": "Burnt Oak",
    "childs_hill": "Childs Hill",
    "colindale_north": "Colindale North",
    "colindale_south": "Colindale South",
    "cricklewood": "Cricklewood",
    "east_barnet": "East Barnet",
    "east_finchley": "East Finchley",
    "edgware": "Edgware",
    "edgwarebury": "Edgwarebury",
    "finchley_church_end": "Finchley Church End",
    "friern_barnet": "Friern Barnet",
    "garden_suburb": "Garden Suburb",
    "golders_green": "Golders Green",
    "hendon": "Hendon",
    "high_barnet": "High Barnet",
    "mill_hill": "Mill Hill",
    "totteridge_woodside": "Totteridge and Woodside",
    "underhill": "Underhill",
    "west_finchley": "West Finchley",
    "west_hendon": "West Hendon",
    "whetstone": "Whetstone",
    "woodhouse": "Woodhouse",
}
