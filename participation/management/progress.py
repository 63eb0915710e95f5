"""A progress bar for commands: one line that is drawn over on a terminal, a few lines elsewhere."""

from django.core.management.base import OutputWrapper

WIDTH = 30
STEPS_WITHOUT_TERMINAL = 4


class ProgressBar:
    def __init__(self, out: OutputWrapper) -> None:
        self._out = out
        self._is_terminal = out.isatty()
        self._shown: tuple[str, int] | None = None

    def show(self, stage: str, done: int, total: int) -> None:
        """Draws only what looks different from before."""
        steps = 100 if self._is_terminal else STEPS_WITHOUT_TERMINAL
        step = min(steps, done * steps // total) if total else steps
        if (stage, step) == self._shown:
            return
        self._shown = (stage, step)
        filled = WIDTH * step // steps
        line = f"{stage:<10} [{'#' * filled}{'.' * (WIDTH - filled)}] {100 * step // steps:3d} %"
        self._out.write(line, ending="\r" if self._is_terminal else "\n")

    def end(self) -> None:
        if self._is_terminal and self._shown:
            self._out.write("")
