import { AthanorError, int64, type Tensor } from "@athanor/core";
import { type Model, type Node, numberAt, outputsOnly, rewriteNodes, storeTensor } from "@athanor/onnx";

const symbol = "batch";

/**
 * A model that takes any number of rows, made of one that was exported for a fixed number.
 *
 * @throws `nn/batch-axis` when the model rearranges rows in a way that holds for that number only
 */
export function openBatch(model: Model): Model {
  const { graph } = model;
  const fed = graph.inputs.filter(({ name }) => !graph.initializers.has(name));
  const rows = fed[0]?.shape?.[0];
  if (typeof rows !== "number" || fed.some(({ shape }) => shape?.[0] !== rows)) return model;
  const names = new Set(fed.map(({ name }) => name));
  const inputs = graph.inputs.map((info) =>
    names.has(info.name) ? { ...info, shape: [symbol, ...info.shape!.slice(1)] } : info,
  );
  const outputs = graph.outputs.map((info) =>
    info.shape?.[0] === rows ? { ...info, shape: [symbol, ...info.shape.slice(1)] } : info,
  );
  // Inner types are left out: they state the fixed number.
  const open = rewriteNodes({ ...model, graph: { ...graph, inputs, outputs, values: [] } }, (node, view) => {
    const shape = isReshape(node) && !view.constant(node.inputs[0]!) ? view.constant(node.inputs[1]!) : undefined;
    if (shape === undefined || shape.data[0] !== BigInt(rows)) return undefined;
    const name = view.fresh("open_shape");
    const rest = Array.from((shape as Tensor<"int64">).data.subarray(1), Number);
    return {
      nodes: [{ ...node, inputs: [node.inputs[0]!, name] }],
      // A zero takes over the length that the axis has.
      initializers: new Map([[name, storeTensor(int64([0, ...rest]))]]),
    };
  });
  const [output] = graph.outputs;
  const shape = inferredShape(open, output!.name);
  if (shape?.[0] === symbol) return open;
  throw new AthanorError(
    "nn/batch-axis",
    `fineTune: expected ${output!.name} to have a row for each row of the input, got a model for ${rows} rows only`,
    { fix: "Export the model with an open batch axis.", details: { rows, shape } },
  );
}

const isReshape = (node: Node) => node.op === "Reshape" && node.domain === "" && numberAt(node, "allowzero", 0) === 0;

function inferredShape(model: Model, name: string) {
  try {
    return outputsOnly(model, [name]).graph.outputs[0]!.shape;
  } catch (cause) {
    if (cause instanceof AthanorError) return undefined;
    throw cause;
  }
}
