import { AthanorError } from "@athanor/core";
import { defineOp, optional } from "../define-op.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { convAttributes, convShape } from "../windows/conv-shape.ts";

export const fusedConv = defineOp({
  name: "FusedConv",
  domain: "com.microsoft",
  attributes: {
    activation: optional.string,
    activation_params: optional.floats,
    ...convAttributes,
  },
  inputs: [2, 4],
  infer: ({ inputs: [x, w], attributes }) => [{ dtype: x!.dtype, shape: convShape("FusedConv", x!, w!, attributes) }],
  // Y = activation(Conv(X, W, B) + Z)
  decompose({ g, inputs: [x, w, b, z], attributes: { activation, activation_params = [], ...own } }) {
    const y = g.op("Conv", [x, w, b], own);
    const sum = z ? g.add(y, z) : y;
    if (!activation) return [sum];
    const apply = activations[activation];
    if (apply === undefined) throw unknownActivation(activation);
    return [apply(g, sum, activation_params)];
  },
});

type Activation = (g: GraphBuilder, x: Value, parameters: readonly number[]) => Value;

const activations: Readonly<Record<string, Activation>> = {
  Relu: (g, x) => g.relu(x),
  Sigmoid: (g, x) => g.sigmoid(x),
  Tanh: (g, x) => g.tanh(x),
  LeakyRelu: (g, x, [alpha]) => g.op("LeakyRelu", [x], { alpha }),
  HardSigmoid: (g, x, [alpha, beta]) => g.op("HardSigmoid", [x], { alpha, beta }),
  Clip: (g, x, bounds) => g.op("Clip", [x, ...bounds.map((bound) => g.constant(bound, x.dtype as "float32"))]),
};

const unknownActivation = (activation: string): AthanorError =>
  new AthanorError(
    "onnx/no-gradient",
    `FusedConv: expected an activation of ${Object.keys(activations).join(", ")} for a gradient, got ${activation}`,
    { fix: "Use Conv and the activation as two operators.", details: { op: "FusedConv", activation } },
  );
