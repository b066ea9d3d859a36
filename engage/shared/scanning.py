"""Codes that a phone's camera reads."""

import segno


def code_to_scan(address: str) -> str:
    """Draw the code that opens `address`, as a picture that stands in the page itself."""
    code = segno.make(address, error="m", micro=False)
    return str(code.svg_data_uri(scale=8, border=4, dark="#000", light="#fff"))
