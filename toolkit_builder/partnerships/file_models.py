"""The shape of a partnership's file, as it follows from a framework: its languages, categories, scales and actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema, create_model
from pydantic_core import PydanticCustomError

from toolkit_builder.catalogue.explaining import several_in_one
from toolkit_builder.catalogue.kinds import one_or_each
from toolkit_builder.catalogue.model import Catalogue, FileName, Filled, Framework, Shape, Text, Url
from toolkit_builder.partnerships.model import (
    LocalAction,
    LogoFiles,
    PageFile,
    PartnershipFile,
    WantedEdition,
    one_or_several,
)

# Types that are made from the content. `Any` tells the type checker not to look for them in the code.
_partnership: Any = PartnershipFile
_logo: Any = LogoFiles
_page: Any = PageFile
_local: Any = LocalAction
_literal: Any = Literal
_tuple: Any = tuple
_create: Any = create_model


def partnership_shape(
    catalogue: Catalogue, products: Sequence[str], needed: Sequence[str]
) -> type[PartnershipFile[Text]]:
    """The shape of a file of which every text has the `needed` languages; the framework's others may be there too."""
    framework = catalogue.framework
    languages = framework.language_ids
    text = _texts("Text", languages, needed, Filled)
    categories = _one_of(category.id for category in framework.categories)
    page = create_model(
        "PageFile",
        __base__=_page[text],
        file=(_each("Files", languages, needed, FileName), ...),
        before=(categories | None, None),
        after=(categories | None, None),
    )
    logo = create_model("LogoFiles", __base__=_logo[text], file=(_each("Files", languages, needed, FileName), ...))
    named: dict[str, Any] = {
        "languages": (_several(languages) | None, None),
        "first": (_one_of(languages) | None, None),
    }
    edition = create_model("WantedEdition", __base__=WantedEdition, **named)
    fields: dict[str, Any] = {
        "web": (_each("Addresses", languages, needed, Url) | None, None),
        "logo": (logo | None, None),
        "pages": (_tuple[page, ...], ()),
        "edition": (edition, edition()),
        "products": (_several(products) | None, None),
        "selection": (_selection(framework, [action.code for action in catalogue]), None),
        "actions": (_actions([action.code for action in catalogue], text), None),
    }
    shape: type[PartnershipFile[Text]] = _create("PartnershipFile", __base__=_partnership[text], **fields)
    return shape


def _texts(name: str, languages: Sequence[str], needed: Sequence[str], kind: Any) -> type[Text]:
    """A text that has the needed languages, and may have the others."""
    fields: dict[str, Any] = {
        language: (kind, ...) if language in needed else (kind | None, None) for language in languages
    }
    return create_model(name, __base__=Text, **fields)


def _each(name: str, languages: Sequence[str], needed: Sequence[str], kind: Any) -> Any:
    """As a text; a single value stands for all languages."""
    return one_or_each(_texts(name, languages, needed, kind), languages, needed)


def _selection(framework: Framework[Text], codes: Sequence[str]) -> Any:
    """Under the names of the options; each a value or a list of alternatives."""
    allowed: dict[str, Sequence[str]] = {scale.id: scale.step_ids for scale in framework.scales if scale.filter}
    sectors = [sector.id for column in framework.people if column.filter for sector in column.sectors]
    allowed |= {"sector": sectors} if sectors else {}
    allowed |= {"category": [category.id for category in framework.categories], "action": codes, "exclude": codes}
    fields: dict[str, Any] = {name: (_several(values) | None, None) for name, values in allowed.items()}
    fields["source_only"] = (bool, False)
    fields["unstated"] = (_one_of(("include", "exclude", "only")) | None, None)
    return create_model("WantedSelection", __base__=Shape, **fields) | None


def _actions(codes: Iterable[str], text: type[Text]) -> Any:
    fields: dict[str, Any] = dict.fromkeys(codes, (_local[text] | None, None))
    shape: type[BaseModel] = create_model("LocalActions", __base__=Shape, **fields)
    return shape | None


def _several(words: Iterable[str]) -> Any:
    """One of these words, or a list of them. Read as a tuple."""
    allowed = list(words)
    single = {"enum": allowed}
    listed = {"type": "array", "items": single, "minItems": 1, "uniqueItems": True}

    def several(value: object) -> object:
        said = several_in_one(value, allowed) if isinstance(value, str) else ""
        if said:
            raise PydanticCustomError("several", "{message}", {"message": said})
        return one_or_several(value)

    return Annotated[
        _tuple[_one_of(allowed), ...],
        BeforeValidator(several),
        Field(min_length=1),
        WithJsonSchema({"anyOf": [single, listed]}),
    ]


def _one_of(words: Iterable[str]) -> Any:
    return _literal[tuple(words)]
