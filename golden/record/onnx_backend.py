"""Records the types of ONNX's own backend test cases for packages/onnx: python golden/record/onnx_backend.py"""
import json, pathlib
import numpy as np, onnx
from onnx import AttributeProto, TensorProto, helper, numpy_helper
from onnx.backend.test.case.node import collect_testcases

path = pathlib.Path(__file__).parent.parent / "onnx-backend.json"
names = {"float": "float32", "double": "float64", "float16": "float16", "bfloat16": "bfloat16", "int8": "int8", "int16": "int16", "int32": "int32", "int64": "int64",
         "uint8": "uint8", "uint16": "uint16", "uint32": "uint32", "uint64": "uint64", "bool": "bool", "string": "string"}
kinds = {AttributeProto.INT: "int", AttributeProto.FLOAT: "float", AttributeProto.STRING: "string", AttributeProto.TENSOR: "tensor", AttributeProto.INTS: "ints", AttributeProto.FLOATS: "floats", AttributeProto.STRINGS: "strings"}
largest = {"i": 64, "u": 64, "b": 64, "f": 16}


def dtype(info):
    return names.get(TensorProto.DataType.Name(info.type.tensor_type.elem_type).lower()) if info.type.HasField("tensor_type") else None


def values(array):
    """Numbers that a shape may follow from: lengths, axes, counts, scales."""
    if array.size > largest.get(array.dtype.kind, -1) or array.dtype.kind == "f" and (array.ndim > 1 or not np.isfinite(array).all()):
        return {}
    return {"values": [float(value) if array.dtype.kind == "f" else int(value) for value in array.reshape(-1)]}


def array_of(value):
    return numpy_helper.to_array(value) if isinstance(value, TensorProto) else np.asarray(value)


def attribute(a):
    value = helper.get_attribute_value(a)
    text = lambda v: v.decode() if isinstance(v, bytes) else v
    if a.type == AttributeProto.TENSOR:
        array = numpy_helper.to_array(value)
        kind = names.get(TensorProto.DataType.Name(value.data_type).lower())
        return None if kind is None or array.dtype.kind == "O" else {"kind": "tensor", "dtype": kind, "shape": list(array.shape), "values": np.nan_to_num(array.reshape(-1)).tolist() if array.dtype.kind == "f" else array.reshape(-1).tolist()}
    if a.type not in kinds:
        return None
    return {"kind": kinds[a.type], "value": [text(v) for v in value] if isinstance(value, (list, tuple)) or hasattr(value, "__iter__") and not isinstance(value, (bytes, str)) else text(value)}


cases, passed_over = {}, 0
for case in collect_testcases():
    model = case.model
    if len(model.graph.node) != 1 or not case.data_sets or case.name.endswith("_expanded"):
        continue
    [node] = model.graph.node
    inputs, outputs = case.data_sets[0]
    given = dict(zip([i.name for i in model.graph.input], zip(model.graph.input, inputs)))
    attributes = {a.name: attribute(a) for a in node.attribute}
    infos = [i for i, _ in given.values()] + list(model.graph.output)
    if None in attributes.values() or any(dtype(info) is None for info in infos) or any(isinstance(v, (list, dict)) or v is None for v in [*inputs, *outputs]):
        passed_over += 1
        continue
    types = {o.name: {"dtype": dtype(o), "shape": list(array_of(v).shape)} for o, v in zip(model.graph.output, outputs)}
    entry = {
        "op": node.op_type, "domain": node.domain, "attributes": attributes,
        "inputs": [None if name == "" else {"dtype": dtype(given[name][0]), "shape": list(array_of(given[name][1]).shape), **values(array_of(given[name][1]))} for name in node.input],
        "outputs": [types.get(name) for name in node.output],
    }
    cases.setdefault(json.dumps(entry), case.name)

lines = ",\n".join(json.dumps({"name": name, **json.loads(entry)}) for entry, name in cases.items())
path.write_text(f'{{"onnx": "{onnx.__version__}", "cases": [\n{lines}\n]}}\n')
print(len(cases), "cases of", len({json.loads(entry)["op"] for entry in cases}), "operators;", passed_over, "with types that tensors here do not hold")
