import { writeFile } from "node:fs/promises";
import { AthanorError } from "@athanor/core";
import {
  gradient as differentiate,
  GraphBuilder,
  savedActivations,
  showShape,
  trainable,
  type Value,
  writeModel,
} from "@athanor/onnx";
import { sizeInWords } from "../../size-in-words.ts";
import type { OnnxAction } from "./model-file.ts";

/** Writes the model again with the gradients of its loss as further outputs, named `NAME.gradient`. */
export const gradient: OnnxAction = async ({ file: { path, model, dims }, flags }) => {
  const g = GraphBuilder.from(model, { dims });
  const loss = lossOf(g, flags.loss);
  const wanted = chosen(g, flags.wrt);
  const forwardCount = g.nodes.length;
  const checkpoint = flags.budget === null ? undefined : { budgetBytes: flags.budget * 2 ** 20 };
  const gradients = differentiate(g, loss, wanted, { checkpoint });
  const saved = savedActivations(g, gradients, forwardCount).reduce((sum, { bytes }) => sum + bytes, 0);
  for (const [i, value] of gradients.entries()) g.output(`${wanted[i]!.name}.gradient`, value);
  const built = g.build({ name: model.graph.name, metadata: model.metadata });
  const out = flags.out ?? path.replace(/(\.onnx)?$/, ".gradient.onnx");
  const bytes = writeModel(built);
  await writeFile(out, bytes);
  const data = {
    path: out,
    bytes: bytes.byteLength,
    loss: loss.name,
    gradients: wanted.map(({ name, dtype, shape }) => ({ name, dtype, shape, output: `${name}.gradient` })),
    nodes: built.graph.nodes.length,
    forwardNodes: forwardCount,
    savedBytes: saved,
  };
  return {
    data,
    print(terminal) {
      terminal.table([
        ["weight", "shape", "output"],
        ...data.gradients.map(({ name, shape, output }) => [name, showShape(shape), output]),
      ]);
      terminal.print(
        `${out}: ${data.nodes} nodes (${forwardCount} before), ${sizeInWords(bytes.byteLength)}; the backward pass keeps ${sizeInWords(saved)} of activations`,
      );
    },
  };
};

const isFloating = ({ dtype }: { readonly dtype: string }): boolean => dtype === "float32" || dtype === "float64";

function lossOf(g: GraphBuilder, name: string | null): Value {
  if (name !== null) return g.outputs.find((output) => output.name === name)?.value ?? g.value(name);
  const scalars = g.outputs.filter(({ value }) => isFloating(value) && value.shape.every((length) => length === 1));
  if (scalars.length === 1) return scalars[0]!.value;
  const outputs = g.outputs.map((output) => `${output.name} ${showShape(output.value.shape)}`).join(", ");
  throw new AthanorError(
    "usage/loss",
    `athanor onnx gradient: expected one scalar output as the loss, got ${outputs || "no outputs"}`,
    { fix: "Name the loss with --loss NAME; a model without one needs its loss added first.", details: { outputs } },
  );
}

function chosen(g: GraphBuilder, patterns: readonly string[]): readonly Value[] {
  if (patterns.length === 0) {
    const weights = trainable(g).map(({ name }) => g.value(name));
    if (weights.length > 0) return weights;
  }
  const candidates = [...g.inputs.map(({ name }) => name), ...g.initializers.keys()].map((name) => g.value(name));
  const expressions = patterns.map((pattern) => {
    const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`);
  });
  const found = candidates.filter((value) => isFloating(value) && expressions.some((one) => one.test(value.name)));
  if (found.length > 0) return found;
  throw new AthanorError(
    "usage/wrt",
    `athanor onnx gradient: expected weights or inputs to differentiate with respect to, got none that match ${patterns.join(", ") || "(nothing)"}`,
    {
      fix: `Give --wrt a name or a pattern, such as ${candidates.find(isFloating)?.name ?? "w*"}.`,
      details: { patterns, known: candidates.filter(isFloating).map(({ name }) => name) },
    },
  );
}
