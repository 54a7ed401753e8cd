"""Completion in a shell: the script that is printed, and what the Tab key gives with it."""

import shutil
import subprocess

import pytest
import typer

from sinobel.cli.commands import app
from sinobel.cli.completion import SHELLS, TAKES, script
from tests.cli.test_cli import call

CASES = [
    (["ru"], {"run"}),
    (["run", "untied"], {"untied-finance"}),
    (["run", "--dr"], {"--draws"}),
    (["run", "--set", "china.tied"], {"china.tied_share"}),
    (["run", "--keep", "mo"], {"months"}),
    (["compare", "baseline", "oil"], {"oil-slump"}),
    (["sensitivity", "--of", "debt_to_ch"], {"debt_to_china"}),
    (["explain", "F05"], {f"F05{k}" for k in range(10)}),
    (["record", "ch"], {"check"}),
    (["completion", "ba"], {"bash"}),
    (["validate", "mi"], {"mine.toml"}),
    (["--ver"], {"--version"}),
]


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(("words", "offered"), CASES, ids=lambda each: " ".join(sorted(each)))
def test_tab_offers_what_fits(tmp_path, words, offered):
    (tmp_path / "mine.toml").touch()
    (tmp_path / "script").write_text(script("bash", typer.main.get_command(app)))
    asked = 'source ./script; COMP_WORDS=(sinobel "$@"); COMP_CWORD=$#; _sinobel; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(
        ["bash", "-c", asked, "_", *words], cwd=tmp_path, capture_output=True, text=True, check=True
    )  # fmt: skip
    assert done.stderr == ""
    assert set(done.stdout.split()) == offered


def test_every_command_is_offered_and_every_name_taken_is_one_of_a_parameter():
    commands = typer.main.get_command(app).commands
    text = script("bash", typer.main.get_command(app))
    for name, command in commands.items():
        assert command.hidden or f"  {name}) " in text
    assert set(TAKES) <= {each.name for command in commands.values() for each in command.params}


def test_each_shell_has_a_script_and_another_a_message(capsys):
    for shell in SHELLS:
        assert call("completion", shell) == 0
        assert "complete -o filenames -F _sinobel sinobel" in capsys.readouterr().out
    assert call("completion", "fish") == 2
    assert "choose bash or zsh" in capsys.readouterr().err
