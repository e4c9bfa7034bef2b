"""Whose key signs: a file the person names, or the public demo key of a demo workspace."""

from collections.abc import Callable
from pathlib import Path

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text
from csdocs.trust.demo import demo_key
from csdocs.trust.ssh import sign_with_key, sign_with_keygen


def key_path(staff_no: str) -> Path:
    """Where `csdocs keys new` puts a person's key and `csdocs sign` looks for it."""
    return Path.home() / ".ssh" / f"csdocs-{staff_no}"


def signer_for(staff_no: str, key: Path | None, namespace: str, *, demo: bool) -> Callable[[bytes], str]:
    """A function that signs a payload. Without a key file only a demo workspace can sign."""
    if key is not None:
        if not key.exists():
            raise CsdocsError(Text("没有密钥文件 {key}", "there is no key file {key}").format(key=key))
        return lambda payload: sign_with_keygen(payload, key, namespace)
    if demo:
        return lambda payload: sign_with_key(payload, demo_key(staff_no), namespace)
    standard = key_path(staff_no)
    if standard.exists():
        return lambda payload: sign_with_keygen(payload, standard, namespace)
    raise CsdocsError(
        Text("没有指定签名密钥", "no signing key was given"),
        Text(
            "加上 --key 密钥文件；用 csdocs keys new {staff} 生成", "add --key FILE; csdocs keys new {staff} makes one"
        ).format(staff=staff_no),
    )
