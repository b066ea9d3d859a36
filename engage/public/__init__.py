"""The front door: home, get help now, privacy, cookies, accessibility, languages, the way out.

It refuses to know answers: of surveys it sees only which are open, of everything else only what is public (2026-11).
"""
