"""Changes to files that people keep by hand: comments and layout survive."""

import io
from typing import Any

from ruamel.yaml import YAML

from csdocs.model.error import CsdocsError
from csdocs.model.text import Text
from csdocs.parse.yamltext import parse_yaml


def add_key(people: bytes, staff_no: str, public: str, valid_from: str) -> bytes:
    """`people.yaml` with one more public key for a person."""
    if parse_yaml(people).tree is None:  # bounds size and depth before the round-trip parser sees the file
        raise CsdocsError(
            Text("handbook/people.yaml 有错误", "handbook/people.yaml has errors"),
            Text("运行 csdocs check handbook", "run csdocs check handbook"),
        )
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    tree: Any = yaml.load(people.decode())
    person = next((each for each in tree["people"] or () if each["staff_no"] == staff_no), None)
    if person is None:
        raise CsdocsError(
            Text("登记册中没有工号 {staff}", "the register has no staff number {staff}").format(staff=staff_no),
            Text("先在 handbook/people.yaml 中登记该员工", "enter the person in handbook/people.yaml first"),
        )
    entry = yaml.map()
    entry.fa.set_flow_style()
    entry.update({"public": public, "valid_from": valid_from})
    if not person.get("keys"):
        person["keys"] = yaml.seq()
    person["keys"].append(entry)
    out = io.StringIO()
    yaml.dump(tree, out)
    return out.getvalue().replace(f"valid_from: '{valid_from}'", f"valid_from: {valid_from}").encode()
