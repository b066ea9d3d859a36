"""Gather what a pack says, section by section, from what is frozen and from what stands on the day it is made."""
