from cms_pages.blocks.body import BODY_BLOCKS, EASY_BLOCKS

__all__ = ["BODY_BLOCKS", "EASY_BLOCKS"]
