"""A JSON Schema for each block that a page can hold, made from the blocks themselves."""

from typing import Any

from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from cms_pages.blocks import BODY_BLOCKS
from cms_pages.blocks.media import EmbedBlock
from participation.models import Budget

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
HTML: Schema = {"type": "string", "contentMediaType": "text/html"}
COMPONENTS = "#/components/schemas/"


def thing(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def or_null(schema: Schema) -> Schema:
    return {"oneOf": [schema, {"type": "null"}]}


PICTURE = thing(
    alt=TEXT,
    decorative={"type": "boolean"},
    credit=TEXT,
    width={"type": "integer"},
    height={"type": "integer"},
    focal_point=or_null({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}),
    srcset=TEXT,
)
PAGE = thing(id={"type": "integer"}, title=TEXT, path=TEXT)
DOCUMENT = thing(title=TEXT, address=TEXT, extension=TEXT, size=or_null({"type": "integer"}))
BUDGET = thing(slug=TEXT, uuid=TEXT)
TABLE = thing(
    data={"type": "array", "items": {"type": "array", "items": TEXT}},
    table_header_choice=TEXT,
    first_row_is_table_header={"type": "boolean"},
    first_col_is_header={"type": "boolean"},
)
# The first kind that a block is of decides.
OF_KINDS: tuple[tuple[type[blocks.Block] | tuple[type[blocks.Block], ...], Schema], ...] = (
    ((ImageBlock, ImageChooserBlock), or_null(PICTURE)),
    (DocumentChooserBlock, or_null(DOCUMENT)),
    (blocks.PageChooserBlock, or_null(PAGE)),
    (TableBlock, TABLE),
    (blocks.RichTextBlock, HTML),
    (blocks.FloatBlock, {"type": "number"}),
    (blocks.FieldBlock, TEXT),
)


def schema_of(block: blocks.Block) -> Schema:
    if isinstance(block, EmbedBlock):
        return thing(**{name: schema_of(inner) for name, inner in block.child_blocks.items()}, host=TEXT, player=TEXT)
    if isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):
        return thing(**{name: schema_of(inner) for name, inner in block.child_blocks.items()})
    if isinstance(block, blocks.ChooserBlock) and block.target_model is Budget:
        return or_null(BUDGET)
    return next(schema for kinds, schema in OF_KINDS if isinstance(block, kinds))


def block_name(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_")) + "Block"


def block_schemas() -> dict[str, Schema]:
    """By the name of their component in the API's description."""
    return {
        block_name(name): {
            "title": str(block.label),
            **thing(id=or_null(TEXT), type={"const": name, "type": "string"}, value=schema_of(block)),
        }
        for name, block in BODY_BLOCKS
    }


BODY: Schema = {
    "type": "array",
    "items": {
        "oneOf": [{"$ref": COMPONENTS + block_name(name)} for name, _ in BODY_BLOCKS],
        "discriminator": {
            "propertyName": "type",
            "mapping": {name: COMPONENTS + block_name(name) for name, _ in BODY_BLOCKS},
        },
    },
}


def with_blocks(result: Schema, **kwargs: Any) -> Schema:
    """Adds the blocks to the API's description."""
    result["components"]["schemas"] |= block_schemas()
    return result
