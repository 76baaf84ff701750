#!/usr/bin/env bash
# Makes the Python environment of the peers that benches compare with and golden values are recorded from.
set -euo pipefail
cd "$(dirname "$0")"
python3 -m venv .venv
.venv/bin/pip install --quiet --requirement requirements.txt
.venv/bin/python -c "import torch, sklearn, onnx; print('torch', torch.__version__, 'scikit-learn', sklearn.__version__, 'onnx', onnx.__version__)"
.venv/bin/python ../../golden/record/onnx_node_tests.py .venv/onnx-node-tests
