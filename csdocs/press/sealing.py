"""The organisation's seal: where its keys lie, and putting it on a rendition."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from csdocs.load.workspace import Workspace
from csdocs.model.error import CsdocsError
from csdocs.model.text import Text
from csdocs.render.authority import create_seal_authority
from csdocs.render.seal import Sealer, load_sealer

AskPassphrase = Callable[[Text], bytes]

KEYS = ".csdocs/seal"  # never in git
ROOT_CERTIFICATE = "handbook/seal/root.pem"  # public: what `verify` trusts in this workspace
YEARS = 5


def keep_seal(workspace: Workspace, ask_passphrase: AskPassphrase | None) -> str:
    """Make the seal's keys and certificates; returns the SHA-256 fingerprint of the root."""
    folder = workspace.root / KEYS
    folder.mkdir(parents=True, exist_ok=True)
    made = create_seal_authority(folder, workspace.settings.organisation, workspace.now, YEARS, ask_passphrase)
    public = workspace.root / ROOT_CERTIFICATE
    public.parent.mkdir(parents=True, exist_ok=True)
    public.write_bytes(made.root_certificate.read_bytes())
    return made.root_sha256


def load_seal(workspace: Workspace, ask_passphrase: AskPassphrase | None) -> Sealer:
    folder = workspace.root / KEYS
    try:
        key, certificates = (folder / "seal.key").read_bytes(), (folder / "seal.pem").read_bytes()
    except OSError:
        raise CsdocsError(
            Text("本机没有机构签章", "this machine does not hold the organisation's seal"),
            Text("由签章保管人运行 csdocs seal init", "the keeper of the seal runs csdocs seal init"),
        ) from None
    return load_sealer(key, certificates, ask_passphrase)


def sealing_moment(workspace: Workspace) -> dt.datetime:
    """A reference workspace seals at its fixed clock, a real one now."""
    return workspace.settings.clock or dt.datetime.now(dt.UTC).replace(microsecond=0)


def trusted_roots(root: Path) -> tuple[bytes, ...]:
    """Root certificates that the workspace publishes."""
    folder = (root / ROOT_CERTIFICATE).parent
    return tuple(path.read_bytes() for path in sorted(folder.glob("*.pem"))) if folder.is_dir() else ()
