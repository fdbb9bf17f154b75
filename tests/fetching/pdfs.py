"""Small PDFs, made by hand: ISO 32000-1, 7.5 (file structure) and 9.10 (extraction of text)."""

from __future__ import annotations

from collections.abc import Sequence

PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2000 800] /Contents 4 0 R"
    b" /Resources << /Font << /F 5 0 R >> >> >>"
)
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf(
    content: bytes,
    *,
    kids: bytes = b"3 0 R",
    count: int = 1,
    font: bytes = HELVETICA,
    more: Sequence[bytes] = (),
    trailer: bytes = b"",
    inflated: bool = False,
) -> bytes:
    """A file of one page; `content` draws on it, `more` are the objects from number 6 on."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, count),
        PAGE,
        stream(content, b"/Filter /FlateDecode" if inflated else b""),
        font,
        *more,
    )
    done = bytearray(b"%PDF-1.7\n")
    places = []
    for number, thing in enumerate(objects, 1):
        places.append(len(done))
        done += b"%d 0 obj\n%b\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        bytes(done)
        + b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(places) + 1, table)
        + (
            b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n"
            % (len(places) + 1, trailer, len(done))
        )
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), entries, content)


def lines_pdf(*lines: str, title: str = "", author: str = "") -> bytes:
    """A page with lines of ASCII."""
    drawn = b"".join(b"(%b) Tj 0 -14 Td " % line.encode() for line in lines)
    said = f"<< /Title ({title}) /Author ({author}) >>".encode()
    return pdf(b"BT /F 12 Tf 72 700 Td %b ET" % drawn, more=[said], trailer=b"/Info 6 0 R")


def letters_pdf(text: str) -> bytes:
    """A page with one line in any script: glyph numbers, and a map from these to letters."""
    glyphs = {letter: number for number, letter in enumerate(sorted(set(text)), 1)}
    pairs = "\n".join(f"<{glyph:04X}> <{ord(letter):04X}>" for letter, glyph in glyphs.items())
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def"
        " /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange"
        f" {len(glyphs)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    drawn = "".join(f"{glyphs[letter]:04X}" for letter in text)
    return pdf(
        f"BT /F 12 Tf 72 700 Td <{drawn}> Tj ET".encode(),
        font=b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H"
        b" /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
        more=[
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo"
            b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 600"
            b" /FontDescriptor 8 0 R >>",
            stream(to_unicode.encode()),
            b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1000 1000]"
            b" /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
        ],
    )


def locked_pdf() -> bytes:
    """A file that only opens with a password: ISO 32000-1, 7.6.3."""
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%b> /U <%b> >>" % (b"41" * 32, b"42" * 32)
    return pdf(b"", more=[lock], trailer=b"/Encrypt 6 0 R /ID [<00> <00>]")
