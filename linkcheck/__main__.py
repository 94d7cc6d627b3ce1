"""`python -m linkcheck`: without the working directory on the module path, which may be a stranger's.

Python puts it there for `-m` unless it runs with `-P` or `-I`. A `msgspec.py` in a checked repository, or metadata of a
package (`*.dist-info`) that offers entry points, would be run in our name. This package itself is imported by now.
"""

import os
import sys

if not sys.flags.safe_path and sys.path[:1] in ([""], [os.getcwd()]):  # noqa: PTH109 - pathlib takes time to import
    del sys.path[0]

from linkcheck.cli import main

main()
