"""The products of a project, in one table: commands, `build`, partnerships and batches all go by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from toolkit_builder.catalogue.files import ContentFiles
from toolkit_builder.catalogue.model import Catalogue
from toolkit_builder.catalogue.yaml_reader import read_yaml
from toolkit_builder.documents.layouts import Edition
from toolkit_builder.documents.product import Product, ProductFile
from toolkit_builder.documents.product_checks import check_name, check_product
from toolkit_builder.documents.product_files import FILE, is_command, product_files, unread_files
from toolkit_builder.documents.product_style import check_style
from toolkit_builder.errors import Fault, FaultsError, UsageError
from toolkit_builder.project import Project


class Products(Mapping[str, Product]):
    """Products by their names, in alphabetical order.

    One whose file has faults is in the list of names; whoever asks for it is given its faults (FaultsError), so that
    it stands in the way of nobody else.
    """

    def __init__(self, products: Mapping[str, Product | tuple[Fault, ...]], misnamed: tuple[Fault, ...] = ()) -> None:
        self._products = products
        self._misnamed = misnamed

    def __getitem__(self, name: str) -> Product:
        product = self._products[name]
        if not isinstance(product, Product):
            raise FaultsError(product)
        return product

    def __iter__(self) -> Iterator[str]:
        return iter(self._products)

    def __len__(self) -> int:
        return len(self._products)

    @property
    def faults(self) -> list[Fault]:
        """All that is wrong with any of them."""
        return sorted([*self._misnamed, *(fault for each in self._products.values() for fault in _faults(each))])

    @cached_property
    def sound(self) -> dict[str, Product]:
        """Those without faults."""
        return {name: each for name, each in self._products.items() if isinstance(each, Product)}

    @property
    def in_large_print(self) -> tuple[str, ...]:
        """The names of those that come in large print."""
        return tuple(name for name, product in self.sound.items() if product.takes(large_print=True))

    @property
    def with_fields(self) -> tuple[str, ...]:
        """The names of those that can be filled in on a screen."""
        return tuple(name for name, product in self.sound.items() if product.file.fillable)

    @property
    def for_print_shops(self) -> tuple[str, ...]:
        """The names of those that a print shop can print."""
        return tuple(name for name, product in self.sound.items() if product.file.print_shop)

    def coming_as(self, medium: str) -> tuple[str, ...]:
        """The names of those that come in a format without pages."""
        return tuple(name for name, product in self.sound.items() if medium in product.file.formats)

    def coming(
        self, names: Sequence[str], edition_for: Callable[[Product], Edition]
    ) -> tuple[list[str], dict[str, list[str]]]:
        """Of several products those that come in an edition, and those that do not by what they lack
        (`Product.lacks`).

        Raises FaultsError if one has faults.
        """
        lacking = {name: self[name].lacks(edition_for(self[name])) for name in names}
        left_out: dict[str, list[str]] = {}
        for name, lacks in lacking.items():
            if lacks:
                left_out.setdefault(lacks, []).append(name)
        return [name for name in names if not lacking[name]], left_out

    def chosen(
        self,
        names: Sequence[str],
        *,
        large_print: bool,
        fillable: bool = False,
        print_shop: bool = False,
        medium: str = "",
    ) -> list[Product]:
        """These products.

        Raises UsageError if one does not come in large print, for a print shop or in a format without pages, or has no
        fields to fill in, with those that do, FaultsError if one has faults.
        """
        products = [self[name] for name in names]
        for product in products:
            if large_print and not product.takes(large_print=True):
                listed = ", ".join(self.in_large_print)
                raise UsageError(f"--large-print: {product.name} does not come in large print; these do: {listed}.")
            if fillable and not product.file.fillable:
                listed = ", ".join(self.with_fields)
                raise UsageError(f"--fillable: {product.name} has no fields to fill in; these have: {listed}.")
            if print_shop and not product.file.print_shop:
                listed = ", ".join(self.for_print_shops)
                raise UsageError(f"--for print-shop: {product.name} does not come so; these do: {listed}.")
            if medium and medium not in product.file.formats:
                listed = ", ".join(self.coming_as(medium)) or "none of this project’s"
                raise UsageError(f"--format {medium}: {product.name} does not come so; these do: {listed}.")
        return products


def products_of(project: Project, catalogue: Catalogue | None = None) -> Products:
    """The products of a project: its own and the shipped ones.

    Without a catalogue, which has faults then, they are checked as far as it goes.
    """
    files = product_files(project)
    misnamed = [check_name(project.file(path), name) for name, path in files.items() if not is_command(name)]
    misnamed += [
        Fault(project.file(path), 1, 1, "", f"is not read under this name; call it {FILE}")
        for path in unread_files(project)
    ]
    named = {name: path for name, path in files.items() if is_command(name)}
    read = {name: _read(project, name, path, catalogue, misnamed) for name, path in named.items()}
    return Products(read, tuple(misnamed))


def _read(
    project: Project, name: str, path: Path, catalogue: Catalogue | None, others: list[Fault]
) -> Product | tuple[Fault, ...]:
    """A product, or what is wrong with it. What is only doubtful is added to the `others`."""
    files = ContentFiles(project)
    document = read_yaml(path, project.file(path), files.faults)
    shaped = files.shaped(document, ProductFile) if document else None
    if document and shaped:
        product = Product(name, shaped)
        check_product(files, document, product, catalogue)
        files.faults += check_style(project, product)
        if not files.has_errors:
            others += files.faults
            return product
    return tuple(files.faults)


def _faults(product: Product | tuple[Fault, ...]) -> tuple[Fault, ...]:
    return () if isinstance(product, Product) else product
