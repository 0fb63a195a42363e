"""What pages may load: files of the project, font packages, pictures that stand in the HTML itself; nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from toolkit_builder.errors import MachineError
from toolkit_builder.press.fonts import SCHEME, font_file
from toolkit_builder.press.typesetting.greyscale import grey_picture, grey_style
from toolkit_builder.regular_files import is_file

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_IN_PLACE = ("data:image/svg+xml", "data:image/png;base64,")


class ProjectFetcher(URLFetcher):  # type: ignore[misc]
    """Loads what lies in some folders, in colour or in grey. `fetch` raises ValueError for anything else, which the
    engine logs and preflight reports, and FatalURLFetchingError for a font package that is not installed.
    """

    def __init__(self, folders: Sequence[Path], *, greyscale: bool = False) -> None:
        super().__init__(allow_redirects=False)
        self.folders = [folder.resolve() for folder in folders]
        self.greyscale = greyscale

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url.startswith(SCHEME):
            return _font(url)
        if url.startswith(_IN_PLACE):
            response = super().fetch(url, headers)
            return _in_grey(response) if self.greyscale else response
        path = self._allowed(url)
        if self.greyscale and path.suffix.lower() == ".svg":
            drawing = grey_style(path.read_text("utf-8"))
            return URLFetcherResponse(url, drawing.encode(), {"Content-Type": "image/svg+xml"})
        if self.greyscale and path.suffix.lower() in _PICTURES:
            return URLFetcherResponse(url, grey_picture(path.read_bytes()), {"Content-Type": "image/png"})
        return super().fetch(url, headers)

    def _allowed(self, url: str) -> Path:
        """The file that an address names. Symbolic links and `..` are followed first, so that none leads out."""
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or not any(path.is_relative_to(folder) for folder in self.folders):
            raise ValueError(f"“{url}” is not a file of this project; only those are allowed")
        if not is_file(path):
            raise ValueError(f"“{url}” is no plain file that is there")
        return path


def _font(url: str) -> URLFetcherResponse:
    try:
        return URLFetcherResponse(url, font_file(url).read_bytes(), {"Content-Type": "font/ttf"})
    except MachineError as error:  # this error alone passes through the engine, which logs all others
        raise FatalURLFetchingError(error.message) from error


def _in_grey(response: URLFetcherResponse) -> URLFetcherResponse:
    """A picture that stands in the HTML itself, in grey."""
    data = response.read()
    grey = grey_picture(data) if response.content_type == "image/png" else grey_style(data.decode()).encode()
    return URLFetcherResponse(response.url, grey, {"Content-Type": response.content_type})
