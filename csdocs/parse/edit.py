"""Changes to files that people keep by hand: comments and layout survive."""

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from csdocs.model.error import CsdocsError
from csdocs.model.place import CONFIG, PEOPLE
from csdocs.model.text import Text
from csdocs.parse.yamltext import parse_yaml


def add_key(people: bytes, staff_no: str, public: str, valid_from: str) -> bytes:
    """`people.yaml` with one more public key for a person."""
    yaml, tree = _load(people, PEOPLE)
    person = _person(tree, staff_no)
    _append(yaml, person, "keys", {"public": public, "valid_from": valid_from})
    return _dump(yaml, tree).replace(f"valid_from: '{valid_from}'", f"valid_from: {valid_from}").encode()


def revoke_key(people: bytes, staff_no: str, public: str, revocation: Mapping[str, str]) -> bytes:
    """`people.yaml` where that key of a person is revoked."""
    yaml, tree = _load(people, PEOPLE)
    key = next(each for each in _person(tree, staff_no)["keys"] if each["public"] == public)
    quoted = {name: DoubleQuotedScalarString(value) for name, value in revocation.items()}  # people write colons
    key["revoked"] = _in_braces(yaml, quoted)
    return _dump(yaml, tree).encode()


def _person(tree: Any, staff_no: str) -> Any:
    """Of somebody whom the register knows: who asks has read the same bytes."""
    return next(each for each in tree["people"] if each["staff_no"] == staff_no)


def add_root_key(settings: bytes, staff_no: str, public: str) -> bytes:
    """`csdocs.yaml` with one more root key."""
    yaml, tree = _load(settings, CONFIG)
    _append(yaml, tree, "root_keys", {"person": staff_no, "public": public})
    return _dump(yaml, tree).encode()


def _load(data: bytes, path: str) -> tuple[YAML, Any]:
    if parse_yaml(data).tree is None:  # bounds size and depth before the round-trip parser sees the file
        raise CsdocsError(
            Text("{path} 有错误", "{path} has errors").format(path=path),
            Text("运行 csdocs check", "run csdocs check"),
        )
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml, yaml.load(data.decode())


def _append(yaml: YAML, mapping: Any, key: str, values: Mapping[str, str]) -> None:
    if not mapping.get(key):
        mapping[key] = yaml.seq()
    mapping[key].append(_in_braces(yaml, values))


def _in_braces(yaml: YAML, values: Mapping[str, str]) -> Any:
    entry = yaml.map()
    entry.fa.set_flow_style()
    entry.update(values)
    return entry


def _dump(yaml: YAML, tree: Any) -> str:
    out = io.StringIO()
    yaml.dump(tree, out)
    return out.getvalue()
