"""What a document says of itself: document information (ISO 32000-1, 14.3.3) and XMP (ISO 16684-1), with the PDF/UA-1
identifier (ISO 14289-1, 5). No dates: the same input gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from toolkit_builder.press.pdf.writer import text_string


@dataclass(frozen=True)
class Metadata:
    """Title, author, subject, keywords, rights; languages in the order of reading; what made the document."""

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    rights: str
    languages: tuple[str, ...]
    creator: str
    producer: str

    def information(self) -> bytes:
        """The document information dictionary."""
        entries = {
            b"Title": self.title,
            b"Author": self.author,
            b"Subject": self.subject,
            b"Keywords": ", ".join(self.keywords),
            b"Creator": self.creator,
            b"Producer": self.producer,
        }
        return b"<<" + b"".join(b"/" + name + text_string(text) for name, text in entries.items()) + b">>"


def packet(metadata: Metadata) -> bytes:
    """The XMP packet."""

    def alternative(text: str) -> str:
        return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'

    def bag(items: tuple[str, ...]) -> str:
        return f"<rdf:Bag>{''.join(f'<rdf:li>{escape(item)}</rdf:li>' for item in items)}</rdf:Bag>"

    return f"""\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:title>{alternative(metadata.title)}</dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(metadata.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description>{alternative(metadata.subject)}</dc:description>
<dc:rights>{alternative(metadata.rights)}</dc:rights>
<dc:language>{bag(metadata.languages)}</dc:language>
<dc:subject>{bag(metadata.keywords)}</dc:subject>
<pdf:Keywords>{escape(", ".join(metadata.keywords))}</pdf:Keywords>
<pdf:Producer>{escape(metadata.producer)}</pdf:Producer>
<xmp:CreatorTool>{escape(metadata.creator)}</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>
""".encode()
