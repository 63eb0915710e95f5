"""`python -m participation.counting FILE.pb ...`: see `docs/counting.md`."""

import os
import signal
import sys

if __name__ == "__main__":
    # An interrupt ends the program quietly, even while it is still being imported.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # The arrays are too small for threads to be worth starting. NumPy reads this when it is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    from participation.counting.command_line import main

    sys.exit(main())
