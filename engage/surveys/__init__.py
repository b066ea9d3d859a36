"""Hear: what is asked, of whom and until when, and what came back, without a name, an address or an order."""
