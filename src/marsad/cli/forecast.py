"""`marsad forecast`: deaths in organised violence to come, how sure that is, how often it was right."""

from __future__ import annotations

from importlib import import_module

import click

from marsad.errors import MarsadError

# name → module with a click command named `command`, and the one line that `--help` prints
COMMANDS: dict[str, tuple[str, str]] = {
    "fit": ("marsad.cli.forecast_fit", "Learn how the models are weighed on a panel."),
    "predict": ("marsad.cli.forecast_predict", "Forecast the months after the end of a panel."),
    "panel": ("marsad.cli.forecast_panel", "Make a panel from files of UCDP GED or from a ledger."),
    "signals": ("marsad.cli.forecast_signals", "Tell what a watch hears by month."),
    "issued": ("marsad.cli.forecast_issued", "List the forecasts that were issued."),
    "score": ("marsad.cli.forecast_score", "Score the issued forecasts whose months have come."),
    "resurgence": ("marsad.cli.forecast_resurgence", "Tell the risk that violence returns."),
    "backtest": ("marsad.cli.forecast_backtest", "Score the models on years that are past."),
}


class _Group(click.Group):
    """A group that knows its commands' names and help without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        try:
            found: click.Command = import_module(COMMANDS[cmd_name][0]).command
        except ModuleNotFoundError as error:
            library = str(error.name).partition(".")[0]
            raise MarsadError(f"forecasts need {library}: pip install 'marsad[forecast]'") from error
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=_Group)
def command() -> None:
    """Forecast deaths in organised violence by month, as distributions, with a scorecard."""
