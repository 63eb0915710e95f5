from wagtail.blocks import Block
from wagtail.fields import StreamField

from cms_pages.blocks import BODY_BLOCKS


class BlocksField(StreamField):
    """Content in blocks. Which blocks there are is said in code alone: a new one needs no migration."""

    def __init__(self, block_types: list[tuple[str, Block]] = BODY_BLOCKS, **options) -> None:
        super().__init__(block_types, **options)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, _, options = super().deconstruct()
        return name, path, [], {key: value for key, value in options.items() if key != "block_lookup"}
