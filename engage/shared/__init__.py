"""The ground every feature stands on: database, clock, errors, forms, states, seals, throttles, wanted work, languages.

It knows nobody: nothing in here imports a feature. What two features need for the second time moves here,
not earlier (2026-11).
"""
