"""`render`: sample clips and training sets out of Blender; `samples.render` reads the rest of the command line.

The bootstrap runs it in `.venv-render`, except for --help and --manifest, which need no Blender.
"""

import argparse
from importlib import import_module

_NONE = "\0"
"""No argument begins with it, so all of them, --help too, are left to the module."""


def add_to(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "render",
        help="渲染示例和训练集 / render samples and training sets with exact truth (Python 3.11)",
        add_help=False,
        prefix_chars=_NONE,
    )
    parser.add_argument("rest", nargs="*")
    parser.set_defaults(run=_render)


def _render(arguments: argparse.Namespace) -> int:
    return int(import_module("samples.render.__main__").main(arguments.rest))
