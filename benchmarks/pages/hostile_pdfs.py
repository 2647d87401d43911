"""PDFs that mean harm: small on disk, huge, endless or broken once they are opened."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence

_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_MEGA = 1 << 20


def raw_pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of hand-written objects, the first of them the catalog."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R %s>>\n" % (len(objects) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def packed(chunk: bytes, times: int, depth: int = 1, entries: bytes = b"") -> bytes:
    """A stream of a chunk many times over, compressed `depth` times without ever being whole."""
    packers = [zlib.compressobj(9) for _ in range(depth)]
    out = []
    for turn in range(times + 1):
        piece = chunk if turn < times else b""
        for packer in packers:
            piece = packer.compress(piece)
        out.append(piece)
    rest = b""
    for packer in packers:
        rest = packer.compress(rest) + packer.flush()
    filters = b"/Filter [%s]" % (b"/FlateDecode " * depth)
    return stream(b"".join(out) + rest, filters + entries)


def one_page(content: bytes, resources: bytes = b"", box: bytes = b"0 0 612 792") -> list[bytes]:
    return [
        _CATALOG,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R"
        b" /Resources << /Font << /A 5 0 R >> %s >> >>" % (box, resources),
        content,
        _FONT,
    ]


def many_pages(content: bytes, count: int, resources: bytes = b"") -> list[bytes]:
    """Pages that all share one content stream."""
    kids = b" ".join(b"%d 0 R" % (number + 6) for number in range(count))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /A 5 0 R >> %s >> >>" % resources
    )
    pages = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)
    return [_CATALOG, pages, b"null", content, _FONT, *[page] * count]


def bombs() -> dict[str, Callable[[], bytes]]:
    """Files that unpack to much more than they are."""
    line = b"0 0 m 1 1 l S\n" * (_MEGA // 14)
    words = b"BT /A 9 Tf 72 700 Td " + b"(a ) Tj " * 80_000 + b"ET "
    flood = b"BT /A 1 Tf 72 700 Td (" + b"x" * 990_000 + b") Tj ET "
    image = b"/Type /XObject /Subtype /Image /BitsPerComponent 1 /ColorSpace /DeviceGray "
    big = b"/Width 30000 /Height 30000 "
    bigger = b"/Width 100000 /Height 100000 "
    draw = stream(b"612 0 0 792 0 0 cm /I Do")
    picture = b"/XObject << /I 6 0 R >>"
    zeros = bytes(_MEGA)
    return {
        "flate-50mb": lambda: raw_pdf(one_page(packed(line, 50))),
        "flate-2gb": lambda: raw_pdf(one_page(packed(zeros, 2048))),
        "flate-twice-2gb": lambda: raw_pdf(one_page(packed(zeros, 2048, 2))),
        "flate-twice-6gb-lines": lambda: raw_pdf(one_page(packed(line, 6000, 2))),
        "glyphs-1e6": lambda: raw_pdf(one_page(packed(flood, 1))),
        "glyphs-1e8": lambda: raw_pdf(one_page(packed(flood, 100, 2))),
        "glyphs-3e9": lambda: raw_pdf(one_page(packed(flood, 3000, 2))),
        "words-80000": lambda: raw_pdf(one_page(packed(words, 1))),
        "words-80000-on-100-pages": lambda: raw_pdf(many_pages(packed(words, 1), 100)),
        "image-30000": lambda: raw_pdf(
            [*one_page(draw, picture), packed(zeros, 108, 2, image + big)]
        ),
        "image-100000": lambda: raw_pdf(
            [*one_page(draw, picture), packed(zeros, 1200, 2, image + bigger)]
        ),
        "image-30000-on-60-pages": lambda: _picture_pages(draw, image + big, zeros, 60),
    }


def _picture_pages(draw: bytes, entries: bytes, zeros: bytes, count: int) -> bytes:
    picture = b"/XObject << /I %d 0 R >>" % (count + 6)
    return raw_pdf([*many_pages(draw, count, picture), packed(zeros, 108, 2, entries)])


def _forms(count: int, inner: bytes, last: bytes) -> bytes:
    """A chain of forms: each draws the next as `inner` says, the last one itself or text."""
    objects = one_page(stream(b"/F Do"), b"/XObject << /F 6 0 R >>")
    for number in range(6, 6 + count):
        body = inner if number < 5 + count else last
        following = number + 1 if number < 5 + count else number
        entries = (
            b"/Type /XObject /Subtype /Form /BBox [0 0 600 700] /Resources <<"
            b" /XObject << /F %d 0 R >> /Font << /A 5 0 R >> >>" % following
        )
        objects.append(stream(body, entries))
    return raw_pdf(objects)


def _unicode_ranges() -> bytes:
    mapping = b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    mapping += b"100 beginbfrange\n" + b"<0000> <ffff> <0041>\n" * 100 + b"endbfrange\n"
    objects = one_page(stream(b"BT /A 9 Tf 72 700 Td <00410042> Tj ET"))
    objects[4] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H"
        b" /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>"
    )
    objects.append(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    return raw_pdf([*objects, packed(mapping, 200)])


def _tree_loop() -> bytes:
    pages = b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>"
    return raw_pdf([_CATALOG, pages, page, stream(b"")])


def _xref_loop() -> bytes:
    data = raw_pdf(one_page(stream(b"BT /A 20 Tf 72 700 Td (Inside the loop) Tj ET")))
    place = data.rindex(b"\nxref") + 1
    return data.replace(b"trailer << ", b"trailer << /Prev %d " % place)


def _text_page() -> bytes:
    return stream(b"BT /A 20 Tf 72 700 Td (Readable words of a page) Tj ET")


def _nameless(code: int) -> bytes:
    """A page of words with one letter whose font names it so that nobody knows what it is."""
    line = b"0 -16 Td (The owner kept the papers of the workers in a drawer) Tj "
    name = b"0 -16 Td (Statement of DIALLO-KE\\%03oTA) Tj " % code
    objects = one_page(stream(b"BT /A 11 Tf 72 740 Td " + line * 20 + name + line * 10 + b"ET"))
    objects[4] = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding"
        b" /BaseEncoding /WinAnsiEncoding /Differences [%d /g23] >> >>" % code
    )
    return raw_pdf(objects)


def _claims(count: int) -> bytes:
    objects = one_page(_text_page())
    objects[1] = b"<< /Type /Pages /Kids [3 0 R] /Count %d >>" % count
    return raw_pdf(objects)


def _same_page(count: int) -> bytes:
    objects = one_page(_text_page())
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * count, count)
    return raw_pdf(objects)


def _annotated(count: int) -> bytes:
    """One page with very many form fields, every one of them filled."""
    objects = one_page(_text_page())
    kids = b" ".join(b"%d 0 R" % (number + 6) for number in range(count))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%s] >> >>" % kids
    objects[2] = objects[2][:-2] + b" /Annots [%s] >>" % kids
    for number in range(count):
        objects.append(
            b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (f%d) /V (value %d)"
            b" /Rect [72 72 300 90] /P 3 0 R >>" % (number, number)
        )
    return raw_pdf(objects)


def structures() -> dict[str, Callable[[], bytes]]:
    """Files whose objects loop, nest, fan out or lie."""
    draw = b"BT /A 9 Tf 72 700 Td (x) Tj ET"
    deep = b"[" * 100_000 + b"]" * 100_000
    dicts = b"<< /a " * 100_000 + b"null" + b" >>" * 100_000
    letters = b"".join(
        b"1 0 0 1 %d %d Tm (%c) Tj " % (n * 7919 % 612, n * 104729 % 792, 97 + n % 26)
        for n in range(20_000)
    )
    scattered = stream(b"BT /A 6 Tf " + letters + b"ET")
    words = _text_page()
    return {
        "tounicode-ranges": _unicode_ranges,
        "letter-nameless": lambda: _nameless(1),
        "letter-nameless-like-another": lambda: _nameless(0xCE),
        "forms-fan-out": lambda: _forms(24, b"/F Do /F Do", draw),
        "forms-loop": lambda: _forms(1, b"", b"BT /A 9 Tf 72 700 Td (loop) Tj ET /F Do"),
        "forms-nested-3000": lambda: _forms(3000, b"/F Do", draw),
        "arrays-deep": lambda: raw_pdf([*one_page(words), deep], b"/Info 6 0 R "),
        "dicts-deep": lambda: raw_pdf([*one_page(words), dicts], b"/Info 6 0 R "),
        "content-deep": lambda: raw_pdf(one_page(stream(deep + b" TJ"))),
        "saves-deep": lambda: raw_pdf(one_page(stream(b"q " * 500_000))),
        "pages-100000-empty": lambda: raw_pdf(many_pages(stream(b""), 100_000)),
        "pages-5000-empty": lambda: raw_pdf(many_pages(stream(b""), 5_000)),
        "page-100000-times": lambda: _same_page(100_000),
        "page-tree-loop": _tree_loop,
        "xref-loop": _xref_loop,
        "count-1e9": lambda: _claims(10**9),
        "count-negative": lambda: _claims(-5),
        "count-7-of-1": lambda: _claims(7),
        "box-2e6": lambda: raw_pdf(one_page(words, box=b"0 0 2000000 792")),
        "box-2e6-square": lambda: raw_pdf(one_page(words, box=b"0 0 2000000 2000000")),
        "box-1e30": lambda: raw_pdf(one_page(words, box=b"0 0 1e30 1e30")),
        "box-empty": lambda: raw_pdf(one_page(words, box=b"0 0 0 0")),
        "box-backwards": lambda: raw_pdf(one_page(words, box=b"612 792 0 0")),
        "letters-scattered": lambda: raw_pdf(one_page(scattered)),
        "fields-30000": lambda: _annotated(30_000),
    }
