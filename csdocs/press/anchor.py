"""Where a citation leads within a rendition."""


def anchor(target: str) -> str:
    """`REG-HANDOVER/3` → `clause-REG-HANDOVER-3`, `F-HANDOVER` → `form-F-HANDOVER`."""
    if "/" in target:
        return f"clause-{target.replace('/', '-')}"
    return f"form-{target}" if target.startswith("F-") else f"doc-{target}"
