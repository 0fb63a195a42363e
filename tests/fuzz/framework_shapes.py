"""How large frameworks are, and how their texts are: what hypothesis draws. What they say is made from it by
`tests.fuzz.framework_files`.

A shape is small, so that one that goes wrong can be printed, made again and made smaller.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from toolkit_builder.documents.layouts import LAYOUTS
from toolkit_builder.documents.product import Product
from toolkit_builder.documents.product_table import products_of
from toolkit_builder.project import Project, shipped

LANGUAGES = (
    *(("cy",), ("ar",), ("cy", "en"), ("cy", "en"), ("en", "cy"), ("pl", "ar")),
    *(("cy", "en", "ar"), ("ar", "cy", "en"), ("cy", "pl", "en", "ar"), ("en", "ar", "cy", "pl")),
)
"""One to four, one of them from right to left. Two that are Welsh and English are usual here, so they come up twice."""
SYMBOLS = ("path", "bars", "clock")
BUILD = "build"
"""The command that makes all products."""


@dataclass(frozen=True)
class Scale:
    """A scale: so many steps; `several` as in `framework.yaml`."""

    steps: int
    symbol: str
    several: bool


@dataclass(frozen=True)
class Shape:
    """A framework, and what is to be made of it.

    `title`, `label`: letters that a title and the label of a column, step or sector have at most; `fullness`: how long
    all other texts are, 1 for as long as they are said to be at most; `seed`: what they say.
    """

    languages: tuple[str, ...]
    actions: int
    categories: int
    scales: tuple[Scale, ...]
    sectors: int
    examples: int
    keys: int
    title: int
    label: int
    fullness: float
    seed: int
    command: tuple[str, ...]


@dataclass(frozen=True)
class Bounds:
    """What shapes keep to: `size` actions at most, a title of `title` letters; how full other texts may be."""

    size: int
    title: int = 90
    fullness: tuple[float, ...] = (0.3, 0.6, 1.0)


FEW = Bounds(6)
"""Those that `make test` has time for."""
PROMISED = Bounds(200)
"""What every product is to have room for, or else to name the text that is too long."""
BEYOND = Bounds(40, title=250, fullness=(1.0, 2.0, 4.0))
"""More than is promised: here a refusal is right, and a page without its words is not."""


@st.composite
def shapes(draw: st.DrawFn, bounds: Bounds) -> Shape:
    """Shapes within bounds."""
    languages = draw(st.sampled_from(LANGUAGES))
    small = st.integers(1, min(12, bounds.size))
    actions = draw(st.one_of(small, small, st.integers(1, min(60, bounds.size)), st.integers(1, bounds.size)))
    return Shape(
        languages,
        actions,
        draw(st.integers(1, min(12, actions))),
        tuple(draw(st.lists(_SCALES, max_size=4))),
        draw(st.integers(1, 8)),
        draw(st.integers(1, 12)),
        draw(st.integers(1, 12)),
        draw(st.integers(8, bounds.title)),
        draw(st.integers(6, 30)),
        draw(st.sampled_from(bounds.fullness)),
        draw(st.integers(0, 10**6)),
        draw(st.sampled_from(draw(st.sampled_from(commands(languages))))),
    )


def of_product(shape: Shape, number: int) -> Shape:
    """A shape for the product of a number, counted round and round: hypothesis tries some again and again."""
    products = commands(shape.languages)
    ways = products[number % len(products)]
    return replace(shape, command=ways[shape.seed % len(ways)])


_SCALES = st.builds(Scale, st.integers(2, 6), st.sampled_from(SYMBOLS), st.booleans())


def commands(languages: tuple[str, ...]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """What can be typed of a framework in these languages, product by product: it alone in each layout it takes, and in
    one of the languages. Last, what makes all products at once.
    """
    one = [("--language", language) for language in languages if len(languages) > 1]
    single = [
        tuple((name, *how) for how in (*_ways(product, len(languages)), *one)) for name, product in _PRODUCTS.items()
    ]
    return (*single, ((BUILD,), (BUILD, "--large-print")))


def _ways(product: Product, languages: int) -> list[tuple[str, ...]]:
    """Options for a product: none, in grey, large, in each layout that is for so many languages, and both."""
    ways: list[tuple[str, ...]] = [(), ("--greyscale",)]
    for large in (False, True):
        option = ("--large-print",) if large else ()
        takes = product.takes(large_print=large)
        ways += [option] if large and takes else []
        if languages > 1:
            fitting = [each for each in takes if LAYOUTS[each].languages in (None, languages)]
            ways += [("--layout", layout, *option) for layout in fitting]
    return ways


_PRODUCTS = products_of(Project(shipped())).sound
