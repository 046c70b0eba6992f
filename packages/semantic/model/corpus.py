"""The texts the student learns from: questions and answers of the recorded benchmarks, and WordNet's glosses."""

import gzip
import hashlib
import json
import random
import re
import subprocess
from pathlib import Path

# One question in five is never trained on; `evaluate.py` and the benchmark measure on those.
HELD_OUT_PARTS = 5
# Texts are cut here, in words; the teacher reads at most 128 word pieces.
LONGEST_CHUNK_WORDS = 90


def rows(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file.read().split("\n") if line]


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def question_of(row: dict) -> str:
    """The question itself, without the instructions a benchmark wraps around it."""
    prompt = row.get("question") or row.get("prompt")
    if isinstance(prompt, list):
        prompt = prompt[0]["content"]
    prompt = re.sub(r"^.*?\nQuestion: ", "", prompt, flags=re.S)
    prompt = re.split(r"\n+Options:|\n+A\. |\nAnswer:|\n+Provide the correct", prompt)[0]
    return squeeze(prompt)


def held_out(question: str) -> bool:
    """Decided by the question's words, so that the same question in two sets falls on the same side."""
    words = " ".join(re.findall(r"[a-z0-9]+", question.lower()))[:200]
    return int(hashlib.sha256(words.encode()).hexdigest()[:8], 16) % HELD_OUT_PARTS == 0


def answer_text(text: str) -> str:
    """The words of an answer that was asked for as JSON: its reasoning, without keys and quotes."""
    found = re.search(r'"[Rr]easoning"\s*:\s*"((?:[^"\\]|\\.)*)"', text)
    if found and len(found.group(1)) > 20:
        text = found.group(1).replace("\\n", " ").replace('\\"', '"')
    return squeeze(text)


def answers_of(row: dict) -> list[str]:
    texts = [answer["text"] for answer in row.get("answers", {}).values() if answer.get("text")]
    gold = row.get("best_answer") or row.get("reference")
    if isinstance(gold, list):
        texts += [one for one in gold if isinstance(one, str)]
    elif isinstance(gold, str):
        texts.append(gold)
    return [answer_text(text) for text in texts]


def chunks(text: str, rng: random.Random) -> list[str]:
    """Runs of one to four sentences, so that the student sees short and long texts."""
    sentences = [s for s in re.split(r"(?<=[.!?;:])\s+", text) if s]
    out, at = [], 0
    while at < len(sentences):
        take = rng.choice((1, 1, 2, 2, 3, 4))
        words = " ".join(sentences[at : at + take]).split(" ")
        out.append(" ".join(words[:LONGEST_CHUNK_WORDS]))
        at += take
    return out


def wordnet_glosses(work: Path) -> list[str]:
    """`word: definition` of WordNet 3.0 (WordNet licence), out of the Debian package wordnet-base."""
    if not list(work.glob("wordnet-base*.deb")):
        subprocess.run(["apt-get", "download", "wordnet-base"], cwd=work, check=True, capture_output=True)
    package = sorted(work.glob("wordnet-base*.deb"))[0]
    subprocess.run(["dpkg-deb", "-x", str(package), str(work / "wordnet")], check=True)
    out = []
    for name in ("noun", "verb", "adj", "adv"):
        path = next((work / "wordnet").rglob(f"data.{name}"))
        for line in path.read_text(encoding="latin-1").splitlines():
            if line.startswith("  ") or "|" not in line:
                continue
            head, gloss = line.split("|", 1)
            fields = head.split(" ")
            words = [re.sub(r"\(.*\)", "", fields[4 + 2 * i]).replace("_", " ") for i in range(int(fields[3], 16))]
            out.append(squeeze(f"{', '.join(words[:3])}: {gloss}"))
    return out


def collect(bench: Path, work: Path, seed: int = 7) -> tuple[list[str], list[tuple[str, str]]]:
    """Training texts without repeats, and (question, answer) pairs for the contrastive part of the loss."""
    rng = random.Random(seed)
    questions: set[str] = set()
    answers: dict[str, list[str]] = {}
    for path in sorted(bench.glob("*.jsonl.gz")):
        for row in rows(path):
            question = question_of(row)
            if not question or held_out(question):
                continue
            questions.add(question)
            found = [text for text in answers_of(row) if len(text) > 15]
            rng.shuffle(found)
            answers.setdefault(question, []).extend(found[:4])
    texts: set[str] = set()
    pairs = []
    for question in sorted(questions):
        words = question.split(" ")
        texts.add(" ".join(words[:LONGEST_CHUNK_WORDS]))
        pool: list[str] = []
        for answer in answers.get(question, []):
            pool.extend(chunks(answer, rng))
            if len(answer) > 30:
                pairs.append((question, answer[:1200]))
        rng.shuffle(pool)
        texts.update(pool[:7])
    glosses = wordnet_glosses(work)
    rng.shuffle(glosses)
    texts.update(glosses[:60000])
    ordered = sorted(text for text in texts if len(text) > 2)
    rng.shuffle(ordered)
    return ordered, pairs
