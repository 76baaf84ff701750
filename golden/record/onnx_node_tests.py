"""Writes ONNX's own backend node tests as folders: NAME/model.onnx, NAME/test_data_set_0/{input,output}_K.pb.

Usage: python onnx_node_tests.py FOLDER (read by packages/onnx/src/node-tests.test.ts through ATHANOR_ONNX_NODE_TESTS)
"""
import pathlib
import sys

import onnx
from onnx import numpy_helper
from onnx.backend.test.loader import load_model_tests


def encode(value, info):
    kind = info.type.WhichOneof("value")
    if isinstance(value, onnx.TensorProto):
        return value
    if kind == "sequence_type":
        return numpy_helper.from_list(value, info.name)
    if kind == "optional_type":
        return numpy_helper.from_optional(value, info.name)
    if kind == "map_type":
        return numpy_helper.from_dict(value, info.name)
    return numpy_helper.from_array(value, info.name)


root = pathlib.Path(sys.argv[1])
count = 0
for case in load_model_tests(kind="node"):
    folder = root / case.name
    data = folder / "test_data_set_0"
    data.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(case.model.SerializeToString())
    inputs, outputs = case.data_sets[0]
    for name, values, infos in (("input", inputs, case.model.graph.input), ("output", outputs, case.model.graph.output)):
        for k, (value, info) in enumerate(zip(values, infos)):
            (data / f"{name}_{k}.pb").write_bytes(encode(value, info).SerializeToString())
    count += 1
print(count, "cases of onnx", onnx.__version__)
