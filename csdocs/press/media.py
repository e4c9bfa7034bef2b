"""Media types (RFC 6838) of what is embedded in a PDF: a reader opens it by them."""

JSON, MARKDOWN, TEXT, YAML = "application/json", "text/markdown", "text/plain", "application/yaml"
_BY_ENDING = {
    "csv": "text/csv", "jpeg": "image/jpeg", "jpg": "image/jpeg", "md": MARKDOWN, "mp3": "audio/mpeg", "mp4": "video/mp4",
    "pdf": "application/pdf", "png": "image/png", "txt": TEXT, "wav": "audio/wav", "xml": "application/xml", "yaml": YAML,
    "zip": "application/zip",
}  # fmt: skip


def media_type(name: str) -> str:
    """By the ending of the name of a file."""
    return _BY_ENDING.get(name.rpartition(".")[2].lower(), "application/octet-stream")
