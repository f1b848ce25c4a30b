"""`python -m sala.web.cli` is the `sala` command."""

from sala.web.cli.main import run

if __name__ == "__main__":  # a pool of processes reads this file again in each
    run()
