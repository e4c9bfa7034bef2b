"""`csdocs init`, `doctor`: setting things up."""

import os
import shlex
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import click

from csdocs.cli.language import say, spoken
from csdocs.cli.main import CLEAN, COULD_NOT_LOOK
from csdocs.cli.shared import help_text
from csdocs.cli.words import words_if_any
from csdocs.model.error import CsdocsError
from csdocs.model.text import Text, same

_NEXT = Text(
    """工作区已建好：{target}
现在处于准备阶段（草案）。接下来：
  1. cd {target}，修改 csdocs.yaml 中的机构名称、适用行业（profiles）
  2. 在 handbook/people.yaml 中登记人员和岗位
  3. 每人运行 csdocs keys new 工号，生成签名密钥
  4. 运行 csdocs check，按提示处理
  5. git add -A 和 git commit 提交
  6. 定稿后运行 csdocs keys root 工号 和 csdocs open --as 工号 正式启用；此后服务器上凡 csdocs review 不通过的改动一律不收""",
    """The workspace is ready: {target}
It is in set-up: its content is draft. Next:
  1. cd {target} and edit the organisation and profiles in csdocs.yaml
  2. enter people and their posts in handbook/people.yaml
  3. everybody runs csdocs keys new STAFF-NUMBER to get a signing key
  4. run csdocs check and follow its hints
  5. git add -A and git commit
  6. once all is final: csdocs keys root STAFF-NUMBER and csdocs open --as STAFF-NUMBER; from then on have the server take nothing that csdocs review does not let pass""",
)

_NEXT_IN_EMPTY = Text(
    """空的工作区已建好：{target}
现在处于准备阶段（草案）。接下来：
  1. cd {target}，在 handbook/organisation.yaml 和 people.yaml 中登记部门、岗位和人员；审批规则在 csdocs.yaml
  2. 写制度（handbook/regulations/）和表单（templates/forms/），写法见 csdocs explain add-a-regulation、csdocs explain add-a-form
  3. 把各篇列入 handbook/manual.yaml，写法见 csdocs explain workspace
  4. 每人运行 csdocs keys new 工号，生成签名密钥
  5. 运行 csdocs check，按提示处理；git add -A 和 git commit 提交
  6. 定稿后运行 csdocs keys root 工号 和 csdocs open --as 工号 正式启用；此后服务器上凡 csdocs review 不通过的改动一律不收""",
    """The empty workspace is ready: {target}
It is in set-up: its content is draft. Next:
  1. cd {target} and enter departments, posts and people in handbook/organisation.yaml and people.yaml; the policy is in csdocs.yaml
  2. write regulations (handbook/regulations/) and forms (templates/forms/): csdocs explain add-a-regulation and csdocs explain add-a-form show how
  3. list the parts of the handbook in handbook/manual.yaml: csdocs explain workspace shows how
  4. everybody runs csdocs keys new STAFF-NUMBER to get a signing key
  5. run csdocs check and follow its hints; git add -A and git commit
  6. once all is final: csdocs keys root STAFF-NUMBER and csdocs open --as STAFF-NUMBER; from then on have the server take nothing that csdocs review does not let pass""",
)


@click.command(
    "init",
    help=help_text(
        "在 DIR 新建工作区：带全部制度和表单的草案。加 --empty 则不带，制度和表单都自己写；加 --demo 则带人员、演示密钥和两个月的记录，供试用。",
        "Make a workspace in DIR with all regulations and forms as drafts; with --empty without any, to write your own; with --demo "
        "also people, demo keys and two months of records, to try.",
    ),
)
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--demo",
    is_flag=True,
    help=help_text("参考部门（演示密钥，不可用于实际工作）", "the reference department (demo keys, not for real work)"),
)
@click.option(
    "--empty",
    is_flag=True,
    help=help_text(
        "不带制度和表单，只带几个岗位、日历、审批规则和打印模板",
        "no regulations and forms: a few posts, a calendar, a policy and the templates of print",
    ),
)
@click.option("--name", callback=words_if_any, help=help_text("机构名称", "name of the organisation"))
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
def init_(directory: Path, demo: bool, empty: bool, name: str | None, profiles: tuple[str, ...]) -> int:
    from csdocs.prepare.starter import create_demo, create_empty, create_workspace

    if empty and (demo or profiles):
        raise click.UsageError(
            help_text("--empty 不能与 --demo、--profile 同用", "--empty goes with neither --demo nor --profile")
        )
    if demo and (name or profiles):
        raise click.UsageError(
            help_text("--demo 不能与 --name、--profile 同用", "--demo goes with neither --name nor --profile")
        )
    target = shlex.quote(str(directory))
    if demo:
        create_demo(directory)
        click.echo(
            say(
                Text(
                    "参考部门已建好：{target}。可以运行：", "The reference department is ready: {target}. Try:"
                ).format(target=target)
            )
        )
        speaks = "  export CSDOCS_LANG=en\n" if spoken() == "en" else ""  # its own files say Chinese, and are signed
        click.echo(f"  cd {target}\n{speaks}  csdocs check\n  csdocs list F-COMPLAINT\n  csdocs build")
        return CLEAN
    organisation = same(name) if name else Text("我的客户服务部", "My customer service department")
    if empty:
        create_empty(directory, organisation, spoken())
        click.echo(say(_NEXT_IN_EMPTY.format(target=target)))
        return CLEAN
    create_workspace(directory, organisation, [code.upper() for code in profiles], spoken())
    click.echo(say(_NEXT.format(target=target)))
    return CLEAN


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
    yield from _git_ailments()
    yield from _ssh_ailments()
    try:
        import _ruamel_yaml  # noqa: F401
    except ImportError:
        yield Ailment(Text("没有 YAML 的 C 解析器", "the C parser for YAML is missing"), "pip install ruamel.yaml.clib")
    yield from _cache_ailments()
    yield from _rendering_ailments()


def _git_ailments() -> Iterator[Ailment]:
    from csdocs.store import git

    if shutil.which("git") is None:
        yield Ailment(Text("没有 git", "git is missing"), "apt-get install git")
    elif (found := git.version()) < git.LEAST:
        yield Ailment(_too_old("git", found, git.LEAST), "apt-get install git")


def _ssh_ailments() -> Iterator[Ailment]:
    from csdocs.trust import ssh

    cure = "apt-get install openssh-client"
    if shutil.which("ssh-keygen") is None:
        yield Ailment(Text("没有 ssh-keygen，无法签名", "ssh-keygen is missing: nobody can sign"), cure)
    elif (found := ssh.version()) and found < ssh.LEAST:
        yield Ailment(_too_old("OpenSSH", found, ssh.LEAST), cure)


def _too_old(program: str, found: tuple[int, ...], least: tuple[int, ...]) -> Text:
    said = Text(
        "{program} {found} 太旧，需要 {least} 或更高", "{program} {found} is too old: {least} or later is needed"
    )
    return said.format(program=program, found=".".join(map(str, found)), least=".".join(map(str, least)))


def _cache_ailments() -> Iterator[Ailment]:
    """Prints rest on fonts that are made once and kept: where they are, nothing need be written."""
    from csdocs.model.place import cache_directory

    try:
        wanted = cache_directory()
    except CsdocsError as error:
        yield Ailment(error.message, "export CSDOCS_CACHE=/…")
        return
    there = next(each for each in (wanted, *wanted.parents) if each.exists())
    if not os.access(there, os.W_OK) and not _has_fonts():
        said = Text("缓存目录 {path} 不可写，无法打印", "the cache folder {path} cannot be written: nobody can print")
        yield Ailment(said.format(path=wanted), "export CSDOCS_CACHE=/…")


def _has_fonts() -> bool:
    from csdocs.render.font import fonts_are_made

    try:
        return fonts_are_made()
    except CsdocsError:  # what is missing is an ailment of its own
        return False


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
    from csdocs.render.font import PACKAGE
    from csdocs.render.pdf import TRIED, long_ways

    if find_spec(PACKAGE.replace("-", "_")) is None:
        yield Ailment(
            Text("没有制作打印字体的字体包，无法打印", "the package of the print fonts is missing: nobody can print"),
            f"pip install {PACKAGE}",
        )
    if unknown := ", ".join(long_ways()):
        yield Ailment(
            Text(
                f"打印所用的库与试验过的版本不同，打印照常，但最多慢一倍：{unknown}",
                f"The libraries that print are not the ones tried: printing works, and takes up to twice as long: {unknown}",
            ),
            " ".join(("pip install", *TRIED)),
        )
