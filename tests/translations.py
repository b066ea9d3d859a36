"""`make translations`: renew messages.pot from the code, bring every language up to it, say what is still missing."""

from contextlib import chdir
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from engage.settings import Settings
from engage.shared.languages import FOLDER

PROJECT = Path(__file__).parents[1]
POT = FOLDER / "messages.pot"
LANGUAGES = tuple(code for code in Settings.languages if code != "en")


def main() -> int:
    extract(POT)
    for code in LANGUAGES:
        _bring_up_to_date(code)
    left = {
        code: [str(message.id) for message in catalog(code) if message.id and not said(message.string)]
        for code in LANGUAGES
    }
    for code, missing in left.items():
        print(f"{code}: {len(missing)} to translate", *missing, sep="\n  ")
    return 1 if any(left.values()) else 0


def extract(to: Path) -> None:
    """Write every word of the pages that is to be translated; the same code gives the same file, to the byte."""
    options = ["--omit-header", "--add-location=file", "--sort-by-file", "--width=100"]
    _babel("extract", "--mapping-file=pyproject.toml", f"--output-file={to}", *options, ".")


def catalog(code: str) -> Catalog:
    with _words_of(code).open("rb") as file:
        return read_po(file, locale=code)


def said(string: object) -> bool:
    """Tell whether a message has words, in each of its forms."""
    return all(string) if isinstance(string, tuple | list) else bool(string)


def _bring_up_to_date(code: str) -> None:
    options = [
        "--init-missing",
        "--no-fuzzy-matching",
        "--ignore-obsolete",
        "--ignore-pot-creation-date",
        "--width=100",
    ]
    _words_of(code).parent.mkdir(parents=True, exist_ok=True)
    _babel("update", f"--locale={code}", f"--input-file={POT}", f"--output-dir={FOLDER}", *options)


def _words_of(code: str) -> Path:
    return FOLDER / code / "LC_MESSAGES" / "messages.po"


def _babel(command: str, *options: str) -> None:
    with chdir(PROJECT):
        CommandLineInterface().run(["pybabel", "--quiet", command, *options])


if __name__ == "__main__":
    raise SystemExit(main())
