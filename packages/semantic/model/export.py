"""The student as one ONNX file: int8 table, a scale per row, and the vocabulary and a checksum as metadata."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
FORMAT = "cascadeflow-static-v1"


def quantise(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric int8, one scale per row: each row uses its whole range."""
    scale = np.abs(table).max(1) / 127
    codes = np.rint(table / np.maximum(scale, 1e-12)[:, None]).clip(-127, 127).astype(np.int8)
    return codes, scale.astype(np.float32)


def checksum(codes: np.ndarray) -> int:
    """Two sums modulo 2^32 over little-endian words, the second of running totals, so that order counts."""
    words = np.frombuffer(codes.tobytes(), "<u4").astype(np.uint64)
    weights = np.arange(len(words), 0, -1, dtype=np.uint64)
    first = int(words.sum() & 0xFFFFFFFF)
    second = int((words * weights & 0xFFFFFFFF).sum() & 0xFFFFFFFF)
    return (first ^ second) & 0xFFFFFFFF


def write(path: Path, table: np.ndarray, pieces: list[str]) -> None:
    codes, scale = quantise(table)
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["codes"]),
        helper.make_node("Cast", ["codes"], ["rows"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["scale", "input_ids"], ["scales"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["scales", "mask"], ["weights"]),
        helper.make_node("Unsqueeze", ["weights", "last_axis"], ["column"]),
        helper.make_node("Mul", ["rows", "column"], ["weighted"]),
        helper.make_node("ReduceSum", ["weighted", "text_axis"], ["sum"], keepdims=0),
        helper.make_node("ReduceL2", ["sum"], ["length"], axes=[1], keepdims=1),
        helper.make_node("Max", ["length", "least"], ["divisor"]),
        helper.make_node("Div", ["sum", "divisor"], ["sentence_embedding"]),
    ]
    shape = ["batch", "sequence"]
    graph = helper.make_graph(
        nodes,
        "static-embedding",
        [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("input_ids", "attention_mask")],
        [helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["batch", codes.shape[1]])],
        [
            numpy_helper.from_array(codes, "table"),
            numpy_helper.from_array(scale, "scale"),
            numpy_helper.from_array(np.array([2], np.int64), "last_axis"),
            numpy_helper.from_array(np.array([1], np.int64), "text_axis"),
            numpy_helper.from_array(np.array(1e-12, np.float32), "least"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="cascadeflow")
    model.ir_version = 8
    helper.set_model_props(
        model,
        {
            "format": FORMAT,
            "checksum": str(checksum(codes)),
            "teacher": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)",
            "vocabulary": "\n".join(pieces),
        },
    )
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(model.SerializeToString(deterministic=True))
