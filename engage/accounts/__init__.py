"""Who works here: people, agencies, roles that end, sign-in, the guard on every page, the audit.

It refuses to know young people: nobody who answers a survey has an account (2026-11).
"""
