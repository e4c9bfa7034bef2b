"""Pictures that people attach: read within bounds, turned upright, and made fit for an archive."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, NamedTuple

from csdocs.model.text import Text

MAX_PICTURE_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000

_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_DECODERS = ("PNG", "JPEG")
_WHITE = (255, 255, 255)
_JPEG_QUALITY = 88


class Picture(NamedTuple):
    """Upright, opaque, grey or sRGB, without metadata; `width` and `height` are those of the original, in pixels."""

    data: bytes
    width: int
    height: int


class BadPicture(Exception):
    """Why these bytes cannot be shown as a picture."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Text(zh, en)


def picture_type(data: bytes) -> str | None:
    """The media type by the first bytes; None for what is neither PNG nor JPEG."""
    return next((kind for signature, kind in _SIGNATURES.items() if data.startswith(signature)), None)


def require_size(size: int) -> None:
    if size > MAX_PICTURE_BYTES:
        raise BadPicture(
            f"图片超过 {MAX_PICTURE_BYTES >> 20} MB", f"the picture is larger than {MAX_PICTURE_BYTES >> 20} MB"
        )


def require_modest(data: bytes) -> None:
    """A few bytes may unpack to gigabytes: the size is asked for before anything is unpacked."""
    require_size(len(data))
    width, height = _open(data).size
    if width * height > MAX_PIXELS:
        raise BadPicture(
            f"图片有 {width}×{height} 像素，超过 {MAX_PIXELS // 1_000_000} 百万像素",
            f"the picture has {width}×{height} pixels, more than {MAX_PIXELS // 1_000_000} million",
        )


def prepare_picture(data: bytes, widest: int, highest: int) -> Picture:
    """For printing with at most so many pixels. Raises BadPicture."""
    require_modest(data)
    try:
        with _no_half_pictures():
            return _prepared(data, widest, highest)
    except Exception:  # noqa: BLE001 - a decoder fed with hostile bytes may raise anything
        raise _damaged() from None


@contextmanager
def _no_half_pictures() -> Iterator[None]:
    """WeasyPrint tells Pillow to fill up with grey what is cut off, for the whole process."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _open(data: bytes) -> Any:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # Pillow's own bound is laxer than ours and only warns.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(BytesIO(data), formats=_DECODERS)
    except Image.DecompressionBombError:
        raise BadPicture("图片像素过多", "the picture has too many pixels") from None
    except Exception:  # noqa: BLE001 - a decoder fed with hostile bytes may raise anything
        raise _damaged() from None


def _damaged() -> BadPicture:
    return BadPicture("图片已损坏", "the picture is damaged")


def _prepared(data: bytes, widest: int, highest: int) -> Picture:
    from PIL import Image, ImageOps

    opened = _open(data)
    photograph = picture_type(data) == "image/jpeg"
    # A camera held upright stores the picture lying, so both sides need room for the longer one.
    opened.draft(None, (max(widest, highest), max(widest, highest)))
    original = _open(data).size
    upright = ImageOps.exif_transpose(opened)
    turned = (upright.width < upright.height) != (opened.width < opened.height)
    plain = _opaque(_in_srgb(upright))
    plain.thumbnail((widest, highest), Image.Resampling.LANCZOS)
    out = BytesIO()
    plain.info.clear()
    plain.save(out, **({"format": "JPEG", "quality": _JPEG_QUALITY} if photograph else {"format": "PNG"}))
    return Picture(out.getvalue(), *(reversed(original) if turned else original))


def _in_srgb(picture: Any) -> Any:
    """The colours of the archive's one output intent, whatever profile the camera or the scanner wrote."""
    from PIL import ImageCms

    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def _opaque(picture: Any) -> Any:
    """Grey or RGB on white paper: an archive wants no alpha channel whose blending a reader has to guess."""
    from PIL import Image

    if picture.mode.startswith("I;16"):
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("1", "L"):
        return picture.convert("L") if "transparency" not in picture.info else _on_white(picture.convert("RGBA"), Image)
    if picture.mode in ("LA", "La", "PA", "RGBA", "RGBa", "P"):
        return _on_white(picture.convert("RGBA"), Image)
    return picture.convert("RGB")


def _on_white(picture: Any, image: Any) -> Any:
    paper = image.new("RGB", picture.size, _WHITE)
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper
