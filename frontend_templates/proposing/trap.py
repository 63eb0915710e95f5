"""Against machines that propose: the traps of the discussion, in the first form of a proposal."""

from frontend_templates.discussion.traps import TrappedForm


class TrapForm(TrappedForm):
    """Stands beside the questions, in the same form."""

    @property
    def faults(self) -> list[str]:
        return self.non_field_errors()
