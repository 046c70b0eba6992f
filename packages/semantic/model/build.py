"""Makes ../assets/model.onnx: corpus, teacher's vectors, student, ONNX file, figures. One command, see README.md."""

import argparse
import json
from pathlib import Path

import numpy as np

import corpus
import evaluate
import export
import student
from teacher import Teacher

# A text of nothing but unknown characters still has a vector; beside known pieces it weighs next to nothing.
UNKNOWN_WEIGHT = 1e-3
ASSET = Path(__file__).parent.parent / "assets" / "model.onnx"
FIGURES = Path(__file__).parent / "figures.json"


def teacher_vectors(bench: Path, work: Path, threads: int) -> None:
    """The slow half, about ten minutes; kept in `work` and used again when the script runs again."""
    if (work / "vectors.npy").exists():
        return
    texts, pairs = corpus.collect(bench, work)
    print(f"{len(texts)} texts, {len(pairs)} pairs", flush=True)
    teacher = Teacher(threads)
    np.save(work / "vocabulary.npy", teacher.embed_vocabulary())
    (work / "texts.json").write_text(json.dumps({"texts": texts, "pairs": pairs}))
    np.save(work / "vectors.npy", teacher.embed(texts, "texts"))


class Pieces:
    """Texts to the student's piece ids: the teacher's vocabulary without its unused rows, unknown words left out."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer
        self.tokenizer.no_truncation()
        names = [tokenizer.id_to_token(piece) for piece in range(tokenizer.get_vocab_size())]
        self.kept = [piece for piece, name in enumerate(names) if not name.startswith("[unused")]
        self.names = [names[piece] for piece in self.kept]
        self.ids = {piece: row for row, piece in enumerate(self.kept)}
        self.unknown = tokenizer.token_to_id("[UNK]")

    def of(self, texts: list[str]) -> list[list[int]]:
        encoded = self.tokenizer.encode_batch(texts, add_special_tokens=False)
        return [[self.ids[piece] for piece in one.ids if piece != self.unknown] for one in encoded]

    def bag(self, texts: list[str]):
        return student.bag(self.of(texts), len(self.kept))


def fit(work: Path, pieces: Pieces) -> np.ndarray:
    """The student's table; pieces that no text of the corpus holds keep the vector they started with."""
    data = json.loads((work / "texts.json").read_text())
    vectors = np.load(work / "vectors.npy")
    axes = student.projection(vectors)
    table = student.first_table(np.load(work / "vocabulary.npy")[pieces.kept], axes, pieces.of(data["texts"]))
    special = [row for row, name in enumerate(pieces.names) if name in ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")]
    table[special] = 0
    questions, answers = zip(*data["pairs"])
    targets = student.normalise(vectors @ axes)
    table = student.train(table, pieces.bag(data["texts"]), targets, pieces.bag(list(questions)), pieces.bag(list(answers)))
    table[special] = 0
    typical = float(np.median(np.linalg.norm(table, axis=1)))
    unknown = np.load(work / "vocabulary.npy")[pieces.unknown] @ axes
    table[pieces.ids[pieces.unknown]] = unknown / np.linalg.norm(unknown) * typical * UNKNOWN_WEIGHT
    return table


def report(bench: Path, teacher: Teacher, pieces: Pieces, table: np.ndarray) -> None:
    """Teacher and student, the latter as shipped (after quantisation), on held-out questions."""
    sets = evaluate.retrieval_sets(bench)
    pairs, gold = evaluate.likeness_pairs(bench)
    codes, scale = export.quantise(table)
    shipped = codes.astype(np.float32) * scale[:, None]
    ours = evaluate.figures(lambda texts: student.normalise(pieces.bag(texts) @ shipped), sets, pairs, gold)
    teacher.tokenizer.enable_truncation(256)
    theirs = evaluate.figures(teacher.embed, sets, pairs, gold)
    FIGURES.write_text(json.dumps({"student": ours, "teacher": theirs}, indent=1) + "\n")
    for name, row in ours.items():
        print(name, row, "teacher", theirs[name])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, required=True, help="folder of the recorded benchmarks (*.jsonl.gz)")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is kept between runs, outside the repo")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    teacher_vectors(options.bench, options.work, options.threads)
    teacher = Teacher(options.threads)
    pieces = Pieces(teacher.tokenizer)
    table = fit(options.work, pieces)
    export.write(ASSET, table, pieces.names)
    report(options.bench, teacher, pieces, table)


if __name__ == "__main__":
    main()
