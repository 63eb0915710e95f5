from cms_pages.blocks.body import BODY_BLOCKS

__all__ = ["BODY_BLOCKS"]
