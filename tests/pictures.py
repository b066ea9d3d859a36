"""Make pictures for a test, with something hidden in them."""

from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

HIDDEN = "taken by Somebody Invented at 51.6N 0.2W"


def make_jpeg(*, hidden: str = HIDDEN) -> bytes:
    """A small red picture with a camera's notes and a comment."""
    made, notes = BytesIO(), Image.Exif()
    notes[0x010E], notes[0x013B], notes[0x0112] = hidden, hidden, 6
    Image.new("RGB", (40, 20), "red").save(made, format="jpeg", exif=notes, comment=hidden.encode())
    return made.getvalue() + b"hidden behind the end: " + hidden.encode()


def make_png(*, side: int = 40, tall: int = 40, hidden: str = HIDDEN) -> bytes:
    """A small see-through picture with a text in it."""
    made, notes = BytesIO(), PngInfo()
    notes.add_text("Author", hidden)
    Image.new("RGBA", (side, tall), (0, 0, 255, 128)).save(made, format="png", pnginfo=notes)
    return made.getvalue()
