"""Pages that are of use rather than to read: those that every site has, tables of figures, goods, talk of many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.model import PageKind
from extractors.blocks import LIST_ITEMS
from extractors.kind import phrases
from extractors.kind.headings import DATA, OTHER, PATHS, THREAD
from extractors.kind.talk import named_as
from extractors.kind.walls import FURNISHED, Kind

if TYPE_CHECKING:
    from extractors.blocks import Block, Container
    from extractors.kind.signs import Signs

ACT = re.compile(
    r"apply now|apply for this job|jetzt bewerben|\bpostuler\b|solliciteer|ansök nu|søk på stillingen|aplikuj|"
    r"inscribirme|candidati ora|"
    r"buy tickets|book (?:now|tickets)|tickets kaufen|réserver|comprar entradas"
)
HEARD = ("Apple Podcasts", "Spotify", "Deezer", "Google Podcasts", "Overcast", "Castbox", "Acast", "Podimo", "<audio")
SAYS = 120  # characters of a button or paragraph that are looked at
PLATFORMS = 2
SCANT = 45  # words
SCORE = re.compile(r"(?<![\d:./-])\d{1,3}\s?(?:[-\u2013x]|\s:)\s?\d{1,3}(?![\d:./-])")
SCORES = 4
LINE = 22  # words: a line with a score is shorter
THANKED = 80  # words
ROWS = 3
CHOICES = 8
TALKERS = 3  # posts of a thread
MOST = 0.7  # share of the running text
ABOVE = 4  # elements around a line that are asked for the class of a post
POST = re.compile(
    r"postbody|bbwrapper|topic-body|message-?body|message-?content|message-?userContent|comment|reply|replies|cpost",
    re.IGNORECASE,
)
BUY = re.compile(
    r"add to (?:cart|basket|bag)|buy now|in den warenkorb|jetzt kaufen|ajouter au panier|acheter|añadir al carrito|"
    r"añadir a la cesta|\bcomprar\b|adicionar ao carrinho|aggiungi al carrello|acquista|in winkelwagen|"
    r"in mijn winkelwagen|do koszyka|kup teraz|lägg i varukorg|köp nu|legg i handlekurv|læg i kurv|lisää ostoskoriin|"
    r"do košíku|kosárba|adaugă în coș|в корзину|\bкупить|\bкупити|до кошика|купи\b|στο καλάθι|sepete ekle|satın al|"
    r"カートに入れる|購入する|加入购物车|立即购买|加入購物車|장바구니|구매하기|أضف إلى السلة|اشتر الآن|הוסף לסל|"
    r"कार्ट में|अभी खरीदें|"
    r"thêm vào giỏ|mua ngay|tambah ke keranjang|beli sekarang|หยิบใส่ตะกร้า|سبد خرید"
)


def service(signs: Signs) -> Kind | None:
    """A page that every site has, or one that thanks or offers; figures, goods or threads without an article."""
    heading = next((heading for heading in signs.headings if heading.strip(" .!") in OTHER), "")
    if heading and not signs.marks:
        return Kind(PageKind.OTHER, f"headline: {heading[:80]}")
    if thread := _thread(signs):
        return thread
    if table := _table(signs):
        return table
    if signs.is_item:
        return None
    if PATHS["other"].search(signs.path):
        return Kind(PageKind.OTHER, f"address: {signs.path[-80:]}")
    return _form(signs)


def _form(signs: Signs) -> Kind | None:
    """Thanks for something sent, choices to tick, a button to buy, over a few lines."""
    if signs.words >= THANKED:
        return None
    thanks = next((heading for heading in signs.headings if heading.startswith(phrases.THANKS)), "")
    if thanks:
        return Kind(PageKind.OTHER, f"headline: {thanks[:80]}")
    choices = _choices(signs)
    if choices >= CHOICES:
        return Kind(PageKind.OTHER, f"a form of {choices} choices")
    button = _buys(signs)
    if button:
        return Kind(PageKind.OTHER, f"button: {button}")
    players = [name for name in HEARD if name in signs.parsed.html] if signs.words < SCANT else []
    return Kind(PageKind.OTHER, f"to be heard: {', '.join(players)}") if len(players) >= PLATFORMS else None


def _choices(signs: Signs) -> int:
    fields = signs.parsed.tree.iter("input") if signs.parsed.tree is not None else ()
    return sum(field.get("type") in {"radio", "checkbox"} for field in fields)


def _buys(signs: Signs) -> str:
    """What a button above the text says that puts something into a cart, or one anywhere that books or applies."""
    above = True
    for element in signs.parsed.tree.iter("p", "button", "input") if signs.parsed.tree is not None else ():
        said = " ".join(f"{element.get('value') or ''} {''.join(element.itertext())[:SAYS]}".lower().split())
        if element.tag == "p":
            above = above and len(said) < SAYS // 2
        elif found := (above and BUY.search(said)) or ACT.search(said):
            return found[0]
    return ""


def _table(signs: Signs) -> Kind | None:
    """Rows of figures and nothing else; or more rows than sentences on a page named for its figures."""
    rows = sum(" | " in block.text for _, _, block in signs.prose)
    if rows >= ROWS and rows == len(signs.prose) and not signs.is_item:
        return Kind(PageKind.OTHER, f"{rows} rows of a table")
    scores = [size for _, size, block in signs.prose if size <= LINE and SCORE.search(block.text)]
    if len(scores) >= SCORES and signs.words - sum(scores) < LINE and not signs.marks:
        return Kind(PageKind.OTHER, f"{len(scores)} scores")
    cells = {block.row for _, block in signs.kept if block.row}
    if len(cells) < ROWS or signs.marks:
        return None
    told = sum(size for _, size, block in signs.prose if not block.row)
    called = named_as(signs, DATA, "data")
    if called and told < FURNISHED:
        return Kind(PageKind.OTHER, f"{len(cells)} rows of a table and: {called}")
    return None


def _thread(signs: Signs) -> Kind | None:
    """Posts by several: an address of a forum, or lines in elements named so."""
    if signs.marks or "Article" in signs.types:
        return None
    if THREAD.search(signs.path):
        return Kind(PageKind.OTHER, f"address: {signs.path[-80:]}")
    posts = [(size, post) for _, size, block in signs.prose if (post := _post(block))]
    if len({post for _, post in posts}) < TALKERS:
        return None
    share = sum(size for size, _ in posts) / max(1, signs.words)
    return Kind(PageKind.OTHER, f"{len(posts)} posts of a thread") if share >= MOST else None


def _post(block: Block) -> int:
    """The number of the element around a line that is named as a post; 0: there is none."""
    container: Container | None = block.container
    for _ in range(ABOVE):
        if container is None or container.tag in LIST_ITEMS:
            return 0
        if POST.search(container.signature):
            return container.number
        container = container.above
    return 0
