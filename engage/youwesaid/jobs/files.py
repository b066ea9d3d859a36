"""Make a picture anew from its pixels: no place, no camera, no name, no hidden second file is left in it."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from engage.shared import db
from engage.shared.errors import NotValid
from engage.shared.words import N_
from engage.youwesaid.actions import file as actions
from engage.youwesaid.queries.files import waiting_file

MOST_PIXELS = 40_000_000  # more would need more memory than the worker has to spare
LONGEST_SIDE = 2400  # pixels; enough to read a letter
QUALITY = 85
BROKEN = N_("This picture cannot be opened: it may be broken. Save it again as PNG or JPEG, and add it again.")
TOO_MANY = N_("This picture has more than 40 million pixels. Make it smaller, and add it again.")


def clean_file(subject: str) -> None:
    """Clean one file that waits, or refuse it with a sentence; one that has gone meanwhile is left alone."""
    sent = waiting_file(int(subject.partition(":")[2]))
    if sent is None:
        return
    try:
        clean = made_anew(sent.content, sent.kind)
    except NotValid as error:
        actions.refuse(sent.id, str(error))
    else:
        actions.keep_clean(sent.id, clean)
    db.session.commit()


def made_anew(content: bytes, kind: str) -> bytes:
    """Give the same picture with nothing but its pixels. Raises `NotValid` for what is no such picture."""
    try:
        with Image.open(BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise NotValid(TOO_MANY)
            return _only_pixels(picture, kind)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NotValid(BROKEN) from error


def _only_pixels(picture: Image.Image, kind: str) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    see_through = kind == "png" and ("A" in upright.getbands() or "transparency" in upright.info)
    pixels = upright.convert("RGBA" if see_through else "RGB")
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    made = BytesIO()
    bare.save(made, format=kind, **({"quality": QUALITY} if kind == "jpeg" else {}))
    return made.getvalue()
