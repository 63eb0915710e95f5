"""`python -m participation.counting FILE.pb ...`: see `docs/counting.md`."""

import os
import sys

# The arrays are too small for threads to be worth starting. NumPy reads this when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from participation.counting.command_line import main

if __name__ == "__main__":
    sys.exit(main())
