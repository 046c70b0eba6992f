"""Figures on questions that were never trained on: retrieval of the right answer among 50, and likeness of pairs."""

import random
from pathlib import Path

import numpy as np

import corpus

CANDIDATES = 50
LONGEST = 1200


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    from scipy.stats import spearmanr

    return float(spearmanr(a, b).statistic)


def retrieval_sets(bench: Path, most: int = 250) -> dict[str, list[tuple[str, str]]]:
    """Per benchmark: held-out questions, each with one recorded answer in sentences."""
    rng = random.Random(3)
    out: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(bench.glob("*.jsonl.gz")):
        pairs, seen = [], set()
        for row in corpus.rows(path):
            question = corpus.question_of(row)
            if not corpus.held_out(question) or question in seen:
                continue
            seen.add(question)
            texts = [text for text in corpus.answers_of(row) if len(text) > 60]
            if texts:
                pairs.append((question, rng.choice(texts)[:LONGEST]))
        rng.shuffle(pairs)
        if len(pairs) >= CANDIDATES:
            out[path.name.split(".")[0]] = pairs[:most]
    return out


def likeness_pairs(bench: Path, most: int = 3000) -> tuple[list[tuple[str, str]], np.ndarray]:
    """Held-out requests of intents_clinc150: 2 for the same intent, 1 for the same domain, 0 else."""
    rng = random.Random(5)
    rows = [row for row in corpus.rows(bench / "intents_clinc150_test.jsonl.gz") if corpus.held_out(row["prompt"])]
    rows = [row for row in rows if row["intent"] != "oos"]
    pairs, gold = [], []
    while len(pairs) < most:
        a = rng.choice(rows)
        wanted = len(pairs) % 3
        same = [r for r in rows if r is not a and (2 if r["intent"] == a["intent"] else int(r["domain"] == a["domain"])) == wanted]
        if same:
            pairs.append((a["prompt"], rng.choice(same)["prompt"]))
            gold.append(wanted)
    return pairs, np.array(gold)


def reciprocal_rank(questions: np.ndarray, answers: np.ndarray) -> float:
    rng = np.random.default_rng(1)
    total = 0.0
    for row in range(len(questions)):
        others = rng.choice(np.delete(np.arange(len(answers)), row), CANDIDATES - 1, replace=False)
        scores = answers[others] @ questions[row]
        total += 1 / (1 + int((scores >= answers[row] @ questions[row]).sum()))
    return total / len(questions)


def off_topic(questions: np.ndarray, answers: np.ndarray) -> float:
    """AUROC of the plain cosine: own answer against an answer of another question of the same set."""
    own = (questions * answers).sum(1)
    other = (questions * np.roll(answers, 1, 0)).sum(1)
    return float((own[:, None] > other[None, :]).mean() + 0.5 * (own[:, None] == other[None, :]).mean())


def figures(embed, sets, pairs, gold) -> dict:
    out = {}
    for name, rows in sets.items():
        q, a = embed([row[0] for row in rows]), embed([row[1] for row in rows])
        out[name] = {"n": len(rows), "mrr": round(reciprocal_rank(q, a), 4), "off_topic_auroc": round(off_topic(q, a), 4)}
    a, b = embed([pair[0] for pair in pairs]), embed([pair[1] for pair in pairs])
    out["clinc_pairs"] = {"n": len(pairs), "spearman": round(spearman((a * b).sum(1), gold), 4)}
    return out
