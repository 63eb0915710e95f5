"""The checks that run beside a page while it is written."""

from wagtail.admin.userbar import ContentCheckerItem


class EveryCheck(ContentCheckerItem):
    """All rules of axe, not only those about headings, links and names."""

    axe_run_only = None
