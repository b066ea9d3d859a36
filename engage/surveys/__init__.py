"""Hear: what is asked, of whom and until when, and what came back, without a name, an address or an order.

It holds surveys, their frozen versions, waves, the phone page, and partners' feedback. It refuses identity: no account,
no clock time, no sequence, and nothing that ties a way in to a response (2026-11).
"""
