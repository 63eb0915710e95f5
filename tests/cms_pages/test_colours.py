import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms_pages.theme.colours import BLACK, WHITE, Colour, contrast, readable, text_on
from cms_pages.theme.palette import DARK, LEAST_SHAPE, LIGHT, mail_palette, palette
from cms_pages.theme.stylesheet import FONTS, RADII, Theme, digest, stylesheet

channels = st.integers(0, 255)
colours = st.builds(Colour, channels, channels, channels)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
        ("#123456", "#123456", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(Colour.read(one), Colour.read(other)) == pytest.approx(ratio, abs=0.01)


@given(colours)
def test_text_on_any_colour_can_be_read(ground):
    assert contrast(text_on(ground), ground) >= 4.5
    assert contrast(text_on(ground), ground) == max(contrast(BLACK, ground), contrast(WHITE, ground))


@given(colours)
def test_a_colour_that_can_be_read_is_left_alone(colour):
    if all(contrast(colour, ground) >= 4.5 for ground in (LIGHT.paper, LIGHT.sheet)):
        assert readable(colour, LIGHT.paper, LIGHT.sheet) == colour


@given(colours, colours, st.sampled_from([LIGHT, DARK]))
def test_every_text_of_any_palette_can_be_read(brand, accent, grounds):
    made = palette(brand, accent, grounds)
    for name in ("brand-text", "accent-text"):
        assert min(contrast(made[name], ground) for ground in (grounds.paper, grounds.sheet)) >= 4.5
    for name in ("brand", "accent"):
        assert contrast(made[f"{name}-ink"], made[name]) >= 4.5
    assert contrast(made["brand"], grounds.paper) >= LEAST_SHAPE


@given(colours)
def test_mails_can_be_read(brand):
    made = mail_palette(brand)
    assert contrast(made["brand-text"], WHITE) >= 4.5
    assert contrast(made["brand-ink"], made["brand"]) >= 4.5


@given(colours)
def test_a_colour_is_written_as_it_is_read(colour):
    assert Colour.read(str(colour)) == colour


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#1234567", "#123456;}", "0b5d56"])
def test_what_is_no_colour_is_refused(text):
    with pytest.raises(ValueError, match="A colour is written as"):
        Colour.read(text)


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("radius", RADII)
def test_a_theme_is_one_small_sheet_named_by_what_it_says(font, radius):
    theme = Theme(font=font, radius=radius)
    css = stylesheet(theme)
    assert css == stylesheet(theme)
    assert css.count("{") == css.count("}")
    assert len(css) < 2_000
    assert digest(css) != digest(stylesheet(Theme(brand="#123456", font=font, radius=radius)))
