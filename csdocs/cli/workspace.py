"""`csdocs init`, `keys`, `doctor`: setting things up."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from csdocs.cli.language import say
from csdocs.cli.main import CLEAN, COULD_NOT_LOOK
from csdocs.cli.shared import help_text
from csdocs.model.error import CsdocsError
from csdocs.model.text import Text, same

if TYPE_CHECKING:
    from csdocs.load.workspace import Workspace

_NEXT = Text(
    """工作区已建好：{target}
现在处于准备阶段（草案）。接下来：
  1. 修改 {target}/csdocs.yaml 中的机构名称、适用行业（profiles）
  2. 在 {target}/handbook/people.yaml 中登记人员和岗位
  3. 每人运行 csdocs keys new 工号，生成签名密钥
  4. 运行 csdocs check，按提示处理
  5. git add -A 和 git commit 提交
  6. 定稿后运行 csdocs keys root 工号 和 csdocs open 正式启用；此后服务器上凡 csdocs review 不通过的改动一律不收""",
    """The workspace is ready: {target}
It is in set-up: its content is draft. Next:
  1. edit the organisation and profiles in {target}/csdocs.yaml
  2. enter people and their posts in {target}/handbook/people.yaml
  3. everybody runs csdocs keys new STAFF-NUMBER to get a signing key
  4. run csdocs check and follow its hints
  5. git add -A and git commit
  6. once all is final: csdocs keys root STAFF-NUMBER and csdocs open; from then on have the server take nothing that csdocs review does not let pass""",
)


@click.command(
    "init",
    help=help_text(
        "在 DIR 新建工作区：带全部制度和表单的草案。加 --demo 则带人员、演示密钥和两个月的记录，供试用。",
        "Make a workspace in DIR with all regulations and forms as drafts. With --demo also people, demo keys and two months of records, to try.",
    ),
)
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--demo",
    is_flag=True,
    help=help_text("参考部门（演示密钥，不可用于实际工作）", "the reference department (demo keys, not for real work)"),
)
@click.option("--name", default="", help=help_text("机构名称", "name of the organisation"))
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="CODE",
    help=help_text(
        "启用的行业，可重复，如 --profile TEL --profile PROP；默认与参考部门相同（GEN TEL）。通用部分 GEN 总是启用",
        "industry to switch on; may be repeated (--profile TEL --profile PROP). Default: those of the reference "
        "department (GEN TEL). The general part, GEN, is always on",
    ),
)
def init_(directory: Path, demo: bool, name: str, profiles: tuple[str, ...]) -> int:
    from csdocs.prepare.starter import create_demo, create_workspace

    if demo:
        create_demo(directory)
        click.echo(
            say(
                Text(
                    "参考部门已建好：{target}。可以运行：", "The reference department is ready: {target}. Try:"
                ).format(target=directory)
            )
        )
        click.echo(f"  cd {directory}\n  csdocs check\n  csdocs list F-COMPLAINT\n  csdocs build")
        return CLEAN
    organisation = same(name) if name else Text("我的客户服务部", "My customer service department")
    create_workspace(directory, organisation, [code.upper() for code in profiles])
    click.echo(say(_NEXT.format(target=directory)))
    return CLEAN


@click.group("keys", help=help_text("签名密钥。", "Signing keys."))
def keys_() -> None: ...


@keys_.command(
    "new",
    help=help_text(
        "为一名员工生成 SSH 签名密钥，并把公钥登记到 handbook/people.yaml。私钥只留在本机。",
        "Make an SSH signing key for a person and enter its public half in handbook/people.yaml. The private half stays on this machine.",
    ),
)
@click.argument("person")
@click.option(
    "--file",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help=help_text("私钥文件，默认 ~/.ssh/csdocs-工号", "private key file, default ~/.ssh/csdocs-PERSON"),
)
@click.option("--no-passphrase", is_flag=True, help=help_text("不设口令（不建议）", "no passphrase (not advised)"))
def new_(person: str, file: Path | None, no_passphrase: bool) -> int:
    from csdocs.load.workspace import open_workspace
    from csdocs.model.place import PEOPLE
    from csdocs.parse.edit import add_key
    from csdocs.store import disk
    from csdocs.trust.ssh import fingerprint

    workspace = open_workspace()
    target, public = _fresh_key(workspace, person, person, file, no_passphrase)
    was = workspace.files[PEOPLE]
    disk.write(workspace.root, PEOPLE, add_key(was, person, public, workspace.today.isoformat()), was=was)
    click.echo(
        say(
            Text("私钥：{target}（请妥善保管，不要外传）", "private key: {target} (keep it to yourself)").format(
                target=target
            )
        )
    )
    click.echo(
        say(
            Text("公钥已登记到 {people}，指纹 {print}", "public key entered in {people}, fingerprint {print}").format(
                people=PEOPLE, print=fingerprint(public)
            )
        )
    )
    if not workspace.in_set_up:
        waits = Text(
            "登记册的改动获批之后，这把钥匙才算数：csdocs why {people}",
            "it counts once the change of the register is approved: csdocs why {people}",
        )
        click.echo(say(waits.format(people=PEOPLE)), err=True)
    return CLEAN


@keys_.command(
    "root",
    help=help_text(
        "为信任根生成密钥，登记到 csdocs.yaml，显示指纹。指纹请打印并存入保险柜，审计时用 --root 核对。",
        "Make a key of the root of trust, enter it in csdocs.yaml, show its fingerprint. Print it for the safe; audit compares it with --root.",
    ),
)
@click.argument("person")
@click.option(
    "--file",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help=help_text("私钥文件，默认 ~/.ssh/csdocs-工号-root", "private key file, default ~/.ssh/csdocs-PERSON-root"),
)
@click.option("--no-passphrase", is_flag=True, help=help_text("不设口令（不建议）", "no passphrase (not advised)"))
def root_(person: str, file: Path | None, no_passphrase: bool) -> int:
    from csdocs.load.workspace import open_workspace
    from csdocs.model.place import CONFIG
    from csdocs.parse.edit import add_root_key
    from csdocs.store import disk
    from csdocs.trust.keyring import ROOT
    from csdocs.trust.ssh import fingerprint

    workspace = open_workspace()
    target, public = _fresh_key(workspace, person, f"{person}{ROOT}", file, no_passphrase)
    was = workspace.files[CONFIG]
    disk.write(workspace.root, CONFIG, add_root_key(was, person, public), was=was)
    click.echo(
        say(Text("根私钥：{target}（离线保存）", "root private key: {target} (keep it offline)").format(target=target))
    )
    click.echo(say(Text("指纹，请打印并存入保险柜：", "Fingerprint, to be printed and kept in the safe:")))
    click.echo(f"  {fingerprint(public)}")
    return CLEAN


_ASKED = Text(
    "ssh-keygen 要求输入两次口令（Enter passphrase），屏幕上不显示；以后每次签署都要用它",
    "ssh-keygen asks for a passphrase, twice, and shows nothing while you type; it is needed for each signature",
)


def _fresh_key(
    workspace: "Workspace", person: str, name: str, file: Path | None, no_passphrase: bool
) -> tuple[Path, str]:
    """A new key pair of a registered person: the private key's file and the public key."""
    from csdocs.trust.keyring import key_path

    workspace.register.named(person)
    target = file or key_path(name)
    _generate(target, name, no_passphrase)
    return target, Path(f"{target}.pub").read_text("utf-8").strip()


def _generate(target: Path, person: str, no_passphrase: bool) -> None:
    if target.exists():
        raise CsdocsError(
            Text("{target} 已存在", "{target} exists already").format(target=target),
            Text("换一个文件名：--file", "choose another file: --file"),
        )
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    quiet = ["-N", ""] if no_passphrase else []
    if not no_passphrase:
        click.echo(say(_ASKED), err=True)
    done = subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-f", str(target), "-C", f"csdocs-{person}", *quiet], check=False
    )
    if done.returncode != 0:
        raise CsdocsError(
            Text("ssh-keygen 没有生成密钥", "ssh-keygen made no key"),
            Text("看它上面说的原因，改好再试", "see above what it says, put that right, then try again"),
        )


class Ailment(NamedTuple):
    """Something a machine lacks, and the command that cures it."""

    what: Text
    cure: str


@click.command(
    "doctor",
    help=help_text(
        "检查本机缺少什么，并给出安装命令。", "Say what this machine lacks, with the command that cures it."
    ),
)
def doctor_() -> int:
    click.echo(say(_verifying()))
    ailments = list(_ailments())
    for ailment in ailments:
        click.echo(f"✗ {say(ailment.what)}\n    {ailment.cure}")
    if not ailments:
        click.echo(say(Text("✓ 一切就绪", "✓ everything is there")))
    return COULD_NOT_LOOK if ailments else CLEAN


def _verifying() -> Text:
    """Which library is asked first whether a signature holds; the verdicts are the same."""
    from csdocs.trust.strict import is_quick

    if is_quick():
        return Text("验证签名：libsodium", "Signatures are verified by libsodium")
    return Text(
        "验证签名：OpenSSL；安装 csdocs[fast] 后快一倍：pip install 'csdocs[fast]'",
        "Signatures are verified by OpenSSL; twice as fast after pip install 'csdocs[fast]'",
    )


def _ailments() -> Iterator[Ailment]:
    if shutil.which("git") is None:
        yield Ailment(Text("没有 git", "git is missing"), "apt-get install git")
    if shutil.which("ssh-keygen") is None:
        yield Ailment(
            Text("没有 ssh-keygen，无法签名", "ssh-keygen is missing: nobody can sign"),
            "apt-get install openssh-client",
        )
    try:
        import _ruamel_yaml  # noqa: F401
    except ImportError:
        yield Ailment(Text("没有 YAML 的 C 解析器", "the C parser for YAML is missing"), "pip install ruamel.yaml.clib")
    yield from _rendering_ailments()


def _rendering_ailments() -> Iterator[Ailment]:
    libraries = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    try:
        import weasyprint.text.ffi as ffi
    except OSError as error:
        yield Ailment(Text(f"无法打印：{error}", f"cannot print: {error}"), libraries)
        return
    if getattr(ffi, "harfbuzz_subset", None) is None:
        yield Ailment(
            Text(
                "缺少 HarfBuzz 子集库，打印会慢几十倍",
                "the HarfBuzz subset library is missing: printing is many times slower",
            ),
            libraries,
        )
    from csdocs.render.pdf import TRIED, long_ways

    if unknown := ", ".join(long_ways()):
        yield Ailment(
            Text(
                f"打印所用的库与试验过的版本不同，打印照常，但最多慢一倍：{unknown}",
                f"The libraries that print are not the ones tried: printing works, and takes up to twice as long: {unknown}",
            ),
            " ".join(("pip install", *TRIED)),
        )
