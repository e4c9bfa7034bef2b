"""A root key belongs to somebody whom the register knows. Examples cannot show it: one with a root key is opened with it."""

from pathlib import Path

from examples import BASE, judge, lay

from csdocs.model.place import CONFIG
from csdocs.trust.demo import demo_public


def test_a_root_key_of_nobody(base: Path, tmp_path: Path) -> None:
    root = lay(BASE, base, tmp_path / "workspace")
    with (root / CONFIG).open("a") as file:
        file.write(f"root_keys:\n  - {{person: S0002, public: {demo_public('S0002-root')}}}\n")
        file.write(f"  - {{person: S0009, public: {demo_public('S0009-root')}}}\n")
    found = [(each.path, each.message.en) for each in judge(root).findings if each.rule == "register-inconsistent"]
    assert found == [(CONFIG, "the person S0009 is not in the register")]
