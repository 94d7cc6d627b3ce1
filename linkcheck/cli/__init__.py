"""The headless commands."""


def main() -> None:
    """Run the command line; the commands are imported only when they are called for."""
    from linkcheck.cli.app import run  # noqa: PLC0415  (`import linkcheck.cli` must stay cheap)

    run()
