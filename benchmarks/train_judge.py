"""Learn the judge of blocks from pages with known answers, and write its weights.

    train_judge.py [CORPUS] [--out extractors/judge.json] [--check]

CORPUS is a folder with manifest.jsonl and html/ (default ../shared/corpora/articles-dev). A block's label is whether
half of its tokens align with the answer; its weight is the square root of its share of the page. `--check` prints the
scores of the whole reading with judges that have seen no page of a site, beside trafilatura, and writes nothing.

Needs scikit-learn, which is no dependency of the project: run it in an environment of its own that has the project's
dependencies and scikit-learn, from the project's root. The same pages give the same file.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import hashlib
import importlib
import itertools
import json
import pathlib
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

sys.path.insert(0, ".")

from broadsheet.model import Page, SiteRules
from extractors import judge
from extractors.blocks import Block, text_blocks
from extractors.body import engine_took, read_body
from extractors.features import NAMES, Features
from extractors.page import parse_page
from extractors.says import page_says

if TYPE_CHECKING:
    from types import ModuleType

FOLDS, WAYS = 6, 3  # parts of a folding, and ways of folding
TREES, DEPTH, RATE, LEAF = 40, 3, 0.15, 50


def read(corpus: pathlib.Path, scorer: ModuleType) -> list[dict[str, Any]]:
    pages = []
    for line in (corpus / "manifest.jsonl").open(encoding="utf-8"):
        page = json.loads(line)
        html = gzip.decompress((corpus / page["file"]).read_bytes())
        parsed = parse_page(Page(html, page["url"]), SiteRules())
        assert parsed.tree is not None
        blocks = text_blocks(parsed.tree)
        took = engine_took(parsed, blocks)
        says = page_says(parsed)
        features = Features(blocks, took, says)
        hits, sizes = aligned([block.text for block in blocks], page["text"], scorer)
        gold = sum(size for size, hit in zip(sizes, hits, strict=True) if hit >= 0.5) or 1
        rows = {at: features.row(at) for at in range(len(blocks)) if features.worth_judging(at)}
        weights = [weight(*case, gold) for case in zip(blocks, took, hits, sizes, strict=True)]
        pages.append(dict(page, parsed=parsed, hits=hits, rows=rows, weights=weights))
    return pages


def aligned(texts: list[str], answer: str, scorer: ModuleType) -> tuple[list[float], list[int]]:
    """The share of each text's tokens that align with the answer, and their number."""
    tokens = [(word, at) for at, text in enumerate(texts) for word in scorer.TOKEN.findall(text)]
    hit, size = [0] * len(texts), [0] * len(texts)
    for _, at in tokens:
        size[at] += 1
    matcher = difflib.SequenceMatcher(None, [word for word, _ in tokens], scorer.TOKEN.findall(answer), autojunk=False)
    for start, _, length in matcher.get_matching_blocks():
        for _, at in tokens[start : start + length]:
            hit[at] += 1
    return [h / s if s else 0.0 for h, s in zip(hit, size, strict=True)], size


def weight(block: Block, took: object, hit: float, size: int, gold: int) -> float:
    # Some answers leave out lists, tables and quotes that readers see in the article: those labels are not believed.
    doubtful = block.tag in {"li", "dd", "dt", "td", "th"} or block.inside("blockquote")
    if doubtful and took and hit < 0.5 and block.linked < 0.2 * len(block.text) and len(block.text) > 30:
        return 0.0
    return min(1.0, max(size, 3) / gold) ** 0.5


def fitted(pages: list[dict[str, Any]]) -> judge.Model:
    cases = [(row, page["hits"][at] >= 0.5, page["weights"][at]) for page in pages for at, row in page["rows"].items()]
    rows, labels, weights = (np.array(column, float) for column in zip(*cases, strict=True))
    learner = HistGradientBoostingClassifier(max_depth=DEPTH, max_iter=TREES, learning_rate=RATE, min_samples_leaf=LEAF)
    learner.fit(rows, labels > 0.5, sample_weight=weights / weights.mean())
    base = learner._baseline_prediction.item()  # noqa: SLF001 - scikit-learn has no public way to write trees down
    stages = learner._predictors  # noqa: SLF001 - likewise
    return judge.Model(round(float(base), 4), [judge.grown(tree_of(stage[0].nodes)) for stage in stages])


def tree_of(nodes: np.ndarray, at: int = 0) -> float | list[Any]:
    node = nodes[at]
    if node["is_leaf"]:
        return round(float(node["value"]), 4)
    threshold = float(f"{node['num_threshold']:.5g}")
    return [int(node["feature_idx"]), threshold, tree_of(nodes, node["left"]), tree_of(nodes, node["right"])]


def answer(page: dict[str, Any], model: judge.Model) -> str:
    judge.model = lambda: model  # what the judge reads its weights from
    return read_body(page["parsed"]).text


def fold(url: str, seed: int) -> int:
    labels = (urlsplit(url).hostname or "").split(".")
    site = ".".join(labels[-3:] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2:])
    return int(hashlib.sha256(f"{seed} {site}".encode()).hexdigest(), 16) % FOLDS


def check(pages: list[dict[str, Any]], scorer: ModuleType) -> None:
    """Scores of readings by judges that saw no page of their sites, in three ways of folding, beside trafilatura."""
    rows: dict[str, dict[str, list[tuple[float, ...]]]] = {}
    for page in pages:
        page["plain"] = scorer.overlap(page["text"], scorer.baseline(page["parsed"].page.html, page["url"]).get("text"))
    for seed, part in itertools.product(range(WAYS), range(FOLDS)):
        model = fitted([page for page in pages if fold(page["url"], seed) != part])
        for page in pages:
            if fold(page["url"], seed) == part:
                found = rows.setdefault(page["set"], {"held out": [], "trafilatura": []})
                found["held out"].append(scorer.overlap(page["text"], answer(page, model)))
                found["trafilatura"].append(page["plain"])
    for name, found in rows.items():
        for who, scores in found.items():
            print(f"{name} {who}: F1 {{:.4f}} precision {{:.4f}} recall {{:.4f}}".format(*scorer.corpus_f1(scores)))
        once = [scores[: len(scores) // WAYS] for scores in found.values()]  # each page counts once in an interval
        difference = scorer.paired_difference(*once)
        print(f"{name} paired difference: {{:+.4f}} [{{:+.4f}}, {{:+.4f}}]".format(*difference))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("corpus", nargs="?", type=pathlib.Path, default=pathlib.Path("../shared/corpora/articles-dev"))
    ask.add_argument("--out", type=pathlib.Path, default=pathlib.Path("extractors/judge.json"))
    ask.add_argument("--check", action="store_true")
    asked = ask.parse_args()
    sys.path.insert(0, str(asked.corpus.resolve().parents[1] / "bench"))
    score_articles = importlib.import_module("score_articles")

    pages = read(asked.corpus, score_articles)
    if asked.check:
        check(pages, score_articles)
        return
    model = fitted(pages)
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in model.trees)
    asked.out.write_text(f'{{"features": {json.dumps(NAMES)},\n"base": {model.base},\n"trees": [\n{trees}\n]}}\n')


if __name__ == "__main__":
    main()
