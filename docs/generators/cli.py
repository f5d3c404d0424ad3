"""The commands, their words and options, and the settings that environment variables hold."""

import inspect
from collections.abc import Iterator

import typer
from docs.generators.tables import table
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from trialfit.interfaces.cli import app

INTRODUCTION = """\
# Commands

Each command prints its answer on standard output, and progress and messages on standard error.
[Errors](errors.md) lists the exit codes. `trialfit COMMAND --help` shows the same as this page.

"""

SETTINGS = """\
## Settings

An environment variable sets the default of an option for every command that has it; the option itself wins.

"""


Parameter = TyperArgument | TyperOption


def commands() -> Iterator[tuple[str, TyperCommand]]:
    """Every command with its full name, in the order `trialfit --help` lists them."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    yield from _inside("trialfit", group)


def _inside(name: str, group: TyperGroup) -> Iterator[tuple[str, TyperCommand]]:
    for word, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _inside(f"{name} {word}", command)
        elif isinstance(command, TyperCommand) and not command.hidden:
            yield f"{name} {word}", command


def parameters(command: TyperCommand) -> list[Parameter]:
    """The words and options of a command that are shown to a reader."""
    return [each for each in command.params if isinstance(each, TyperArgument | TyperOption) and not each.hidden]


def variables(parameter: Parameter) -> list[str]:
    """The environment variables that set a parameter."""
    named = parameter.envvar
    return [named] if isinstance(named, str) else list(named or [])


def markdown() -> str:
    """The page of commands and settings."""
    return INTRODUCTION + "".join(_command(name, command) for name, command in commands()) + _settings()


def _command(name: str, command: TyperCommand) -> str:
    context = typer.Context(command, info_name=name)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    rows = [(written(each, context), _explained(each), _default(each)) for each in parameters(command)]
    described = inspect.cleandoc(command.help or "")
    options = table(["Word or option", "Meaning", "Default"], rows) if rows else "It takes no words or options.\n"
    return f"## {name}\n\n`{usage}`\n\n{described}\n\n{options}\n"


def written(parameter: Parameter, context: typer.Context) -> str:
    """How a reader writes it, with the kind of its value, as `--help` does."""
    record = parameter.get_help_record(context)
    assert record is not None, f"{parameter.name} is hidden"
    return f"`{record[0]}`"


def _explained(parameter: Parameter) -> str:
    text = str(parameter.help or "")
    if not text:
        raise LookupError(f"{parameter.name} has no help text: say what it means where the command is declared")
    named = variables(parameter)
    return f"{text} Setting: {', '.join(f'`{name}`' for name in named)}." if named else text


def _default(parameter: Parameter) -> str:
    if parameter.required:
        return "needed"
    default = parameter.default
    if default is None or default == "" or default == () or default == []:
        return ""
    if isinstance(default, bool):
        return "on" if default else "off"
    return f"`{getattr(default, 'value', default)}`"


def _settings() -> str:
    found: dict[str, tuple[str, list[str]]] = {}
    for name, command in commands():
        for parameter in parameters(command):
            for variable in variables(parameter):
                found.setdefault(variable, (str(parameter.help), []))[1].append(f"`{name}`")
    rows = [(f"`{variable}`", told, ", ".join(used)) for variable, (told, used) in sorted(found.items())]
    return SETTINGS + table(["Variable", "Meaning", "Commands"], rows)
