"""The receipt page: what happened to what I said, and messages left for me.

It refuses to show answers, and to know them: it asks which themes a receipt fed, never what was written. The four words
travel in forms only, never in an address, and nothing of them stays in the browser (2026-11).
"""
