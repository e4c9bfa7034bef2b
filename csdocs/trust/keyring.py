"""Whose key signs: a file the person names, or the public demo key of a demo workspace."""

from collections.abc import Callable
from pathlib import Path

from csdocs.model.error import CsdocsError
from csdocs.model.place import home
from csdocs.model.text import Text
from csdocs.trust.demo import demo_key
from csdocs.trust.ssh import sign_with_key, sign_with_keygen

Signer = Callable[[bytes], str]  # of a payload: its signature
ROOT = "-root"  # a root key is kept apart from the one its holder signs with every day


def key_path(staff_no: str) -> Path:
    """Where `csdocs keys new` puts a person's key and `csdocs sign` looks for it."""
    return home() / ".ssh" / f"csdocs-{staff_no}"


def signer_for(staff_no: str, key: Path | None, namespace: str, *, demo: bool) -> Signer:
    """A function that signs a payload. Without a key file only a demo workspace can sign."""
    if key is not None:
        if not key.exists():
            raise CsdocsError(
                Text("没有密钥文件 {key}", "there is no key file {key}").format(key=key),
                Text(
                    "核对路径；csdocs keys new {who} 生成密钥", "look at the path; csdocs keys new {who} makes a key"
                ).format(who=staff_no),
            )
        return lambda payload: sign_with_keygen(payload, key, namespace)
    if demo:
        return lambda payload: sign_with_key(payload, demo_key(staff_no), namespace)
    standard = key_path(staff_no)
    # ssh-keygen asks an agent, or the token, for the private half of a public key.
    found = next((path for path in (standard, standard.with_name(f"{standard.name}.pub")) if path.exists()), None)
    if found is not None:
        return lambda payload: sign_with_keygen(payload, found, namespace)
    verb = f"root {staff_no.removesuffix(ROOT)}" if staff_no.endswith(ROOT) else f"new {staff_no}"
    raise CsdocsError(
        Text("没有签名密钥 {path}", "there is no signing key {path}").format(path=standard),
        Text(
            "用 --key 指明密钥文件（密钥在 ssh-agent 或硬件里的，指明公钥 .pub）；还没有的，用 csdocs keys {verb} 生成",
            "name the file with --key (the public key, .pub, of one in an agent or on a token); csdocs keys {verb} makes one",
        ).format(verb=verb),
    )
