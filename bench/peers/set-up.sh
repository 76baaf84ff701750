#!/usr/bin/env bash
# Makes the Python environment of the peers that benches compare with and golden values are recorded from.
# PyTorch from the default index brings gigabytes of GPU libraries and needs them even on a machine without a GPU:
# libtorch_python.so is linked against libtorch_cuda.so, and that against every one of them, so that leaving them out
# fails at `import torch`. An index with builds for the processor alone, where one can be reached, avoids them.
set -euo pipefail
cd "$(dirname "$0")"
python3 -m venv .venv
.venv/bin/pip install --quiet --requirement requirements.txt
.venv/bin/python -c "import torch, sklearn, onnx; print('torch', torch.__version__, 'scikit-learn', sklearn.__version__, 'onnx', onnx.__version__)"
.venv/bin/python ../../golden/record/onnx_node_tests.py .venv/onnx-node-tests
