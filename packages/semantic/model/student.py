"""The student: one vector per word piece, a text's vector is their mean. Trained with Adam in plain NumPy."""

import numpy as np
from scipy import sparse

DIMENSIONS = 256
EPOCHS = 12
BATCH = 1024
PAIR_BATCH = 512
LEARNING_RATE = 0.002
# How sharply the student must tell one text of a batch from the others, and how much that counts beside the cosine.
TEMPERATURE = 0.05
CONTRAST_WEIGHT = 0.2
PAIR_WEIGHT = 0.15
# Smooth inverse frequency (Arora et al. 2017): a piece's first weight is a / (a + its share of the corpus).
SIF = 1e-3


def projection(vectors: np.ndarray) -> np.ndarray:
    """Principal axes of the teacher's sentence vectors, not centred, so that cosines survive."""
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    return np.ascontiguousarray(axes[:, ::-1][:, :DIMENSIONS]).astype(np.float32)


def bag(pieces: list[list[int]], width: int) -> sparse.csr_matrix:
    """One row per text: each piece's share of the text."""
    data, columns, starts = [], [], [0]
    for ids in pieces:
        columns.extend(ids)
        data.extend([1.0 / max(len(ids), 1)] * len(ids))
        starts.append(len(columns))
    out = sparse.csr_matrix((np.array(data, np.float32), columns, starts), shape=(len(pieces), width))
    out.sum_duplicates()
    return out


def normalise(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)


def first_table(vocabulary: np.ndarray, axes: np.ndarray, pieces: list[list[int]]) -> np.ndarray:
    """The teacher's vector of each piece alone, less the mean of all, on the principal axes, weighted by rarity."""
    counts = np.bincount(np.concatenate([np.array(ids, np.int64) for ids in pieces]), minlength=len(vocabulary))
    share = (counts + 0.5) / counts.sum()
    table = (vocabulary - vocabulary.mean(0)) @ axes
    return (table * (SIF / (SIF + share))[:, None]).astype(np.float32)


def contrast(ours: np.ndarray, theirs: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Softmax cross entropy of picking the right one of the batch, both ways; gradients for both sides."""
    logits = ours @ theirs.T / TEMPERATURE
    target = np.arange(len(ours))
    rows = np.exp(logits - logits.max(1, keepdims=True))
    rows /= rows.sum(1, keepdims=True)
    columns = np.exp(logits - logits.max(0, keepdims=True))
    columns /= columns.sum(0, keepdims=True)
    loss = -np.log(np.maximum(rows[target, target], 1e-9)).mean()
    slope = rows + columns
    slope[target, target] -= 2
    slope /= 2 * TEMPERATURE * len(ours)
    return slope @ theirs, slope.T @ ours, float(loss)


class Adam:
    def __init__(self, shape: tuple[int, ...]):
        self.mean, self.square, self.step = np.zeros(shape, np.float32), np.zeros(shape, np.float32), 0

    def move(self, table: np.ndarray, slope: np.ndarray, rate: float) -> None:
        """Only the rows that the batch touched move (lazy Adam): a rare piece is not pushed by old momentum."""
        self.step += 1
        rows = np.flatnonzero(np.abs(slope).max(1))
        part = slope[rows]
        self.mean[rows] += 0.1 * (part - self.mean[rows])
        self.square[rows] += 0.01 * (part * part - self.square[rows])
        mean = self.mean[rows] / (1 - 0.9**self.step)
        square = self.square[rows] / (1 - 0.99**self.step)
        table[rows] -= rate * mean / (np.sqrt(square) + 1e-8)


def sentence(table: np.ndarray, rows: sparse.csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    raw = rows @ table
    length = np.maximum(np.linalg.norm(raw, axis=1, keepdims=True), 1e-8)
    return raw / length, length


def back(unit: np.ndarray, length: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """Slope before the division by the length."""
    return (slope - unit * (unit * slope).sum(1, keepdims=True)) / length


def train(table, texts, targets, questions, answers, seed=7) -> np.ndarray:
    """Moves the table towards the teacher's vectors; question and answer pairs pull together at the same time."""
    rng = np.random.default_rng(seed)
    adam = Adam(table.shape)
    steps = EPOCHS * (texts.shape[0] // BATCH)
    done = 0
    for epoch in range(EPOCHS):
        order = rng.permutation(texts.shape[0])
        near = far = 0.0
        for at in range(0, len(order) - BATCH + 1, BATCH):
            rate = LEARNING_RATE * 0.5 * (1 + np.cos(np.pi * done / steps))
            done += 1
            rows, wanted = texts[order[at : at + BATCH]], targets[order[at : at + BATCH]]
            unit, length = sentence(table, rows)
            near += float((unit * wanted).sum(1).mean())
            pull, _, loss = contrast(unit, wanted)
            far += loss
            slope = rows.T @ back(unit, length, -wanted / BATCH + CONTRAST_WEIGHT * pull)
            if PAIR_WEIGHT:
                pick = rng.choice(questions.shape[0], PAIR_BATCH, replace=False)
                q, q_length = sentence(table, questions[pick])
                a, a_length = sentence(table, answers[pick])
                q_slope, a_slope, _ = contrast(q, a)
                slope += questions[pick].T @ back(q, q_length, PAIR_WEIGHT * q_slope)
                slope += answers[pick].T @ back(a, a_length, PAIR_WEIGHT * a_slope)
            adam.move(table, slope, rate)
        batches = len(order) // BATCH
        print(f"epoch {epoch + 1}: cosine to teacher {near / batches:.4f}, contrast {far / batches:.4f}", flush=True)
    return table
