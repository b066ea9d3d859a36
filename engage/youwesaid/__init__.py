"""Answer back: concerns ("you said"), what agencies agreed to do, the words of "we did", and the public pages.

It refuses raw answers: what it knows of them comes through `analysis.queries`, protected and redacted. Nobody
approves what they wrote, and nobody verifies what their own agency owns (2026-11).
"""
