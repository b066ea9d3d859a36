"""Make one tagged PDF out of one page, in a process of its own that ends: HTML in, PDF out, nothing fetched."""

import sys
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

NOTHING = URLFetcher(allowed_protocols=[])  # a page that is printed brings all it needs
PAPER = Path(__file__).parent / "static" / "paper.css"


def main() -> None:
    """Read HTML, write PDF/UA-1."""
    page = HTML(string=sys.stdin.read(), url_fetcher=NOTHING)
    sys.stdout.buffer.write(page.write_pdf(stylesheets=[CSS(string=PAPER.read_text())], pdf_variant="pdf/ua-1"))


if __name__ == "__main__":
    main()
