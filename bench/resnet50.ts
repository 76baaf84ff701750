import { adamW, batchNormTraining } from "@athanor/nn";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { StepDefinition, Values } from "@athanor/runtime";
import { WeightSource } from "./draw-weights.ts";

/** How many bottlenecks each stage has. */
const depths = [3, 4, 6, 3];
const expansion = 4;

interface Block {
  readonly name: string;
  readonly inputs: number;
  readonly maps: number;
  readonly stride: number;
  readonly isFirst: boolean;
}

const blocks: readonly Block[] = depths.flatMap((depth, stage) =>
  Array.from({ length: depth }, (_, i) => {
    const maps = 64 * 2 ** stage;
    const before = stage === 0 ? 64 : (expansion * maps) / 2;
    const isFirst = i === 0;
    return {
      name: `layer${stage + 1}.${i}`,
      inputs: isFirst ? before : expansion * maps,
      maps,
      stride: isFirst && stage > 0 ? 2 : 1,
      isFirst,
    };
  }),
);

/** ResNet-50 with BatchNorm in training, as a step over images `[batch, 3, size, size]` of 1,000 classes. */
export function resNet50(
  { batch, size }: { readonly batch: number; readonly size: number },
  weights: WeightSource = new WeightSource(7),
): StepDefinition {
  const conv = (name: string, inputs: number, maps: number, length: number) => {
    weights.conv(`${name}.conv`, inputs, maps, length, false);
    weights.filled(`${name}.norm.weight`, [maps], 1);
    weights.filled(`${name}.norm.bias`, [maps], 0);
  };
  conv("stem", 3, 64, 7);
  for (const { name, inputs, maps, isFirst } of blocks) {
    conv(`${name}.1`, inputs, maps, 1);
    conv(`${name}.2`, maps, maps, 3);
    conv(`${name}.3`, maps, expansion * maps, 1);
    if (isFirst) conv(`${name}.down`, inputs, expansion * maps, 1);
  }
  weights.linear("fc", 2048, 1000);
  return {
    inputs: { x: { dtype: "float32", shape: [batch, 3, size, size] }, y: { dtype: "int64", shape: [batch] } },
    parameters: weights.parameters,
    optimizer: adamW(),
    build: (g, { inputs, parameters }) => ({
      loss: g.op("SoftmaxCrossEntropyLoss", [scores(g, inputs.x!, parameters), inputs.y]),
    }),
  };
}

function scores(g: GraphBuilder, x: Value, p: Values): Value {
  const conv = (input: Value, name: string, length: number, stride: number) => {
    const pad = (length - 1) / 2;
    const y = g.op("Conv", [input, p[`${name}.conv.weight`]], {
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
    });
    return batchNormTraining(g, y, { scale: p[`${name}.norm.weight`]!, bias: p[`${name}.norm.bias`]! }).output;
  };
  const stem = g.relu(conv(x, "stem", 7, 2));
  let maps = g.op("MaxPool", [stem], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] });
  for (const { name, stride, isFirst } of blocks) {
    const narrow = g.relu(conv(maps, `${name}.1`, 1, 1));
    const wide = conv(g.relu(conv(narrow, `${name}.2`, 3, stride)), `${name}.3`, 1, 1);
    maps = g.relu(g.add(wide, isFirst ? conv(maps, `${name}.down`, 1, stride) : maps));
  }
  const pooled = g.op("Flatten", [g.op("GlobalAveragePool", [maps])]);
  return g.op("Gemm", [pooled, p["fc.weight"], p["fc.bias"]]);
}
