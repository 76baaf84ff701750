"""Writes ONNX files with the parts that few exporters use: python golden/record/onnx_files.py"""
import pathlib
import numpy as np, onnx
from onnx import TensorProto as T, helper as h, numpy_helper as nh

folder = pathlib.Path(__file__).parent.parent / "onnx" / "files"
folder.mkdir(parents=True, exist_ok=True)


def save(name, model):
    (folder / name).write_bytes(model.SerializeToString())


scale = h.make_function(
    "own", "Scale", ["x"], ["y"],
    [h.make_node("Constant", [], ["c"], value_float=2.0), h.make_node("Mul", ["x", "c"], ["y"])],
    [h.make_opsetid("", 17)],
)
leaky = h.make_node("LeakyRelu", ["scaled"], ["bent"])
slope = leaky.attribute.add()
slope.name, slope.ref_attr_name, slope.type = "alpha", "slope", onnx.AttributeProto.FLOAT
act = h.make_function(
    "own", "Act", ["a", "b"], ["z"],
    [
        h.make_node("Add", ["a", "b"], ["sum"]),
        h.make_node("Scale", ["sum"], ["scaled"], domain="own"),
        leaky,
        h.make_node("ReduceMean", ["bent"], ["mean"], axes=[1], keepdims=1),
        h.make_node("Sub", ["bent", "mean"], ["z"]),
    ],
    [h.make_opsetid("", 17), h.make_opsetid("own", 1)],
    attributes=["slope"],
)
graph = h.make_graph(
    [
        h.make_node("Act", ["x", "w"], ["hidden"], domain="own", name="first", slope=0.25),
        h.make_node("Act", ["hidden", "w"], ["y"], domain="own", slope=0.5),
    ],
    "calls",
    [h.make_tensor_value_info("x", T.FLOAT, ["N", 3])],
    [h.make_tensor_value_info("y", T.FLOAT, ["N", 3])],
    [nh.from_array(np.array([1, -2, 3], np.float32), "w")],
)
save("functions.onnx", h.make_model(graph, opset_imports=[h.make_opsetid("", 17), h.make_opsetid("own", 1)], functions=[scale, act], ir_version=8))

branches = {
    "then_branch": h.make_graph([h.make_node("Identity", ["w"], ["same"], doc_string="a branch")], "then", [], [h.make_tensor_value_info("same", T.FLOAT, [3])]),
    "else_branch": h.make_graph([h.make_node("Neg", ["w"], ["negative"])], "else", [], [h.make_tensor_value_info("negative", T.FLOAT, [3])]),
}
graph = h.make_graph(
    [h.make_node("If", ["c"], ["o"], **branches)],
    "rare parts",
    [h.make_tensor_value_info("c", T.BOOL, [], doc_string="which"), h.make_tensor_sequence_value_info("list", T.FLOAT, None)],
    [h.make_tensor_value_info("o", T.FLOAT, [3])],
    [
        nh.from_array(np.array([1, 2, 3], np.float32), "w"),
        h.make_tensor("floats", T.FLOAT, [2], [1.5, 2.5]),
        h.make_tensor("halves", T.FLOAT16, [1], [1.5]),
        h.make_tensor("wide", T.INT64, [2], [-1, 2**40]),
        h.make_tensor("words", T.STRING, [2], [b"", "\u4e66".encode()]),
    ],
    doc_string="what a graph is about",
    sparse_initializer=[h.make_sparse_tensor(h.make_tensor("sparse", T.FLOAT, [1], [4.0]), h.make_tensor("places", T.INT64, [1], [2]), [5])],
)
note = graph.quantization_annotation.add()
note.tensor_name = "w"
entry = note.quant_parameter_tensor_names.add()
entry.key, entry.value = "SCALE_TENSOR", "floats"
model = h.make_model(graph, opset_imports=[h.make_opsetid("", 21)], producer_name="recorder", producer_version="1", domain="d", model_version=7, doc_string="what a model is about")
model.metadata_props.add(key="z", value="1")
model.metadata_props.add(key="a", value="2")
model.graph.node[0].metadata_props.add(key="k", value="v")
model.graph.initializer[0].doc_string = "a weight"
model.training_info.add().algorithm.name = "training"
save("rare-parts.onnx", model)

# Every element type, its values once raw and once as a list.
numbers = {
    "FLOAT": [0, 1.5, -2], "DOUBLE": [0, 1.5, -2], "FLOAT16": [0, 1.5, -2], "BFLOAT16": [0, 1.5, -2],
    "FLOAT8E4M3FN": [0, 1.5, -2], "FLOAT8E4M3FNUZ": [0, 1.5, -2], "FLOAT8E5M2": [0, 1.5, -2], "FLOAT8E5M2FNUZ": [0, 1.5, -2],
    "FLOAT8E8M0": [1, 2, 4], "FLOAT4E2M1": [0, 1.5, -2],
    "INT4": [0, 7, -8], "UINT4": [0, 7, 15], "INT2": [0, 1, -2], "UINT2": [0, 1, 3],
    "INT8": [0, 7, -128], "UINT8": [0, 7, 255], "INT16": [0, 7, -300], "UINT16": [0, 7, 60000], "INT32": [0, 7, -70000], "UINT32": [0, 7, 2**32 - 1],
    "INT64": [0, 7, -2**40], "UINT64": [0, 7, 2**40], "BOOL": [False, True, True],
    "COMPLEX64": [0, 1.5 + 2j, -3j], "COMPLEX128": [0, 1.5 + 2j, -3j],
}
stored = []
for name, values in numbers.items():
    code = getattr(T, name)
    listed = h.make_tensor(f"{name}_list", code, [3], values)
    raw = nh.from_array(np.array(values).astype(h.tensor_dtype_to_np_dtype(code)), f"{name}_raw")
    stored += [listed, raw]
skipped = ("FLOAT8E8M0", "FLOAT4E2M1", "INT2", "UINT2", "COMPLEX64", "COMPLEX128")
read = [n for n in numbers if n not in skipped]
graph = h.make_graph(
    [h.make_node("Cast", [f"{n}_{how}"], [f"{n}_{how}_float"], to=T.FLOAT) for n in read for how in ("list", "raw")],
    "element types", [], [h.make_tensor_value_info(f"{n}_{how}_float", T.FLOAT, [3]) for n in read for how in ("list", "raw")], stored,
)
save("element-types.onnx", h.make_model(graph, opset_imports=[h.make_opsetid("", 21)], ir_version=10))


def filled(message, random, depth):
    """A message with every field that its definition has, drawn at random, and one field that it has not: pairs of two texts aside."""
    for field in message.DESCRIPTOR.fields:
        if field.name in ("data_type", "elem_type", "data_location", "external_data") or field.containing_oneof and message.WhichOneof(field.containing_oneof.name):
            continue
        for _ in range(random.integers(1, 3) if field.is_repeated else 1):
            if field.message_type is not None:
                if depth == 0:
                    continue
                inner = getattr(message, field.name).add() if field.is_repeated else getattr(message, field.name)
                inner.SetInParent() if not field.is_repeated else None
                filled(inner, random, depth - 1)
                continue
            text = "".join(map(chr, random.integers(97, 123, 5)))
            value = {9: text, 12: text.encode(), 14: 1, 1: 1.5, 2: 2.5}.get(field.type, int(random.integers(1, 100)))
            if field.is_repeated:
                getattr(message, field.name).append(value)
            else:
                setattr(message, field.name, value)
    if isinstance(message, onnx.TensorProto):
        tensor = nh.from_array(random.standard_normal(3).astype(np.float32), message.name)
        for name in ("dims", "float_data", "int32_data", "string_data", "int64_data", "double_data", "uint64_data", "segment"):
            message.ClearField(name)
        message.dims.append(3)
        message.data_type, message.raw_data = T.FLOAT, tensor.raw_data
    if isinstance(message, onnx.AttributeProto):
        kind = int(random.choice([1, 2, 3, 4, 6, 7, 8, 11, 13]))
        held = {1: "f", 2: "i", 3: "s", 4: "t", 6: "floats", 7: "ints", 8: "strings", 11: "sparse_tensor", 13: "tp"}[kind]
        for name in ("f", "i", "s", "t", "g", "floats", "ints", "strings", "tensors", "graphs", "sparse_tensor", "sparse_tensors", "tp", "type_protos", "ref_attr_name"):
            if name != held:
                message.ClearField(name)
        message.type = kind
    if not isinstance(message, (onnx.StringStringEntryProto, onnx.OperatorSetIdProto)):
        message.MergeFromString(bytes([0xC2, 0x3E, 1, random.integers(0, 128)]))


random = np.random.default_rng(7)
for k in range(3):
    model = onnx.ModelProto()
    filled(model, random, 5)
    save(f"every-field-{k}.onnx", model)
