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
