"""The command that prints a script for the shell, which completes commands, options and names: completion.

The script holds all names, so that the Tab key is answered at once, without starting Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

import typer

from sinobel.cli.terminal import say
from sinobel.inputs.reading import InputError, nearest, quoted

app = typer.Typer()
SHELLS = ("bash", "zsh")
SCENARIO, LEVER, INDICATOR, EVERYTHING, FILE = "scenarios", "levers", "indicators", "everything", "files"
TAKES: Mapping[str, str] = {
    "scenario": SCENARIO,
    "against": SCENARIO,
    "names": SCENARIO,
    "files": SCENARIO,
    "stacked": SCENARIO,
    "baseline": SCENARIO,
    "extends": SCENARIO,
    "lever": LEVER,
    "settings": LEVER,
    "of": INDICATOR,
    "better": INDICATOR,
    "target": INDICATOR,
    "fails": INDICATOR,
    "name": EVERYTHING,
    "words": EVERYTHING,
}
"""Which names an option or argument takes, by what the command calls it; files besides."""
CHOICES: Mapping[str, Sequence[str]] = {
    "form": ("table", "csv", "json", "nc", "parquet", "iamc", "xlsx"),
    "keep": ("bands", "years", "months"),
    "country": ("belarus", "china", "russia", "eu"),
    "shell": SHELLS,
}
SCRIPT = """\
# Completion of sinobel in {shell}: {how}
{before}_sinobel() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" command="" each
  for each in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$each" in -*) ;; *) command="$each"; break ;; esac
  done
  local commands={commands}
  local scenarios={scenarios}
  local levers={levers}
  local indicators={indicators}
  local everything={everything}
  local options="--help" takes="" found=""
  case "$command" in
{cases}
  *) found="$commands --help --version" ;;
  esac
  if [ -z "$found" ]; then
    case "$command $before" in
{values}
    esac
    if [ -z "$found" ]; then
      case "$word" in -*) found="$options" ;; *) found="$takes" ;; esac
    fi
  fi
  COMPREPLY=( $(compgen -W "$found" -- "$word") )
  if [ "$found" != "$options" ]; then
    COMPREPLY+=( $(compgen -f -- "$word") )
  fi
}}
complete -o filenames -F _sinobel sinobel
"""


@app.command()
def completion(context: typer.Context, shell: Annotated[str, typer.Argument(help="bash or zsh.")]) -> None:
    """Print a script that completes commands, options and names in a shell: source <(sinobel completion bash)."""
    if shell not in SHELLS:
        raise InputError(
            f"there is no completion for {quoted(shell)}{nearest(shell, SHELLS)}; choose {' or '.join(SHELLS)}"
        )
    say(script(shell, context.find_root().command).rstrip("\n"))


def script(shell: str, group: Any) -> str:
    """The script for a shell, made of the commands of a group and of the names that the model has today."""
    from sinobel.inputs.indicators import all_indicators
    from sinobel.inputs.levers import all_levers
    from sinobel.policies.scenarios import shipped_names
    from sinobel.reporting.words.finding import entries

    commands = {name: each for name, each in group.commands.items() if not each.hidden}
    return SCRIPT.format(
        shell=shell,
        how="source <(sinobel completion bash)" if shell == "bash" else "source <(sinobel completion zsh)",
        before="" if shell == "bash" else "autoload -U +X compinit bashcompinit && compinit && bashcompinit\n",
        commands=_quoted(commands),
        scenarios=_quoted(shipped_names()),
        levers=_quoted(all_levers()),
        indicators=_quoted(all_indicators()),
        everything=_quoted(dict.fromkeys(entry.name for entry in entries())),
        cases="\n".join(_case(name, command) for name, command in commands.items()),
        values="\n".join(line for name, command in commands.items() for line in _values(name, command)),
    )


def _case(name: str, command: Any) -> str:
    """What stands behind a command: its options, and the names that its arguments take."""
    if hasattr(command, "commands"):  # a group
        return f'  {name}) takes="{" ".join(command.commands)}" ;;'
    options = [option for each in command.params if _is_option(each) for option in each.opts]
    taken = dict.fromkeys(_names(each.name) for each in command.params if not _is_option(each))
    return f'  {name}) options="{" ".join([*options, "--help"])}"; takes="{" ".join(filter(None, taken))}" ;;'


def _values(name: str, command: Any) -> Iterator[str]:
    """What stands behind an option that takes some names or one of a few words."""
    for each in getattr(command, "params", ()):
        if _is_option(each) and (taken := _names(each.name)):
            words = "|".join(f'"{name} {option}"' for option in each.opts)
            yield f'    {words}) found="{taken}" ;;'


def _is_option(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "option")


def _names(parameter: str) -> str:
    """The words that a parameter takes: a variable of the script, or themselves."""
    return (
        " ".join(CHOICES[parameter]) if parameter in CHOICES else f"${TAKES[parameter]}" if parameter in TAKES else ""
    )


def _quoted(names: Any) -> str:
    return '"' + " ".join(str(name) for name in names if " " not in str(name)) + '"'
