import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { AthanorError, bytesPerElement, type DType, sizeOf } from "@athanor/core";
import {
  gradient as differentiate,
  GraphBuilder,
  type Model,
  savedActivations,
  saveModelFile,
  showShape,
  trainable,
  type Value,
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
  const external = weightBytes(built) > mostInside ? `${basename(out)}.data` : undefined;
  await saveModelFile(out, built, external ? { external } : {});
  const files = [out, ...(external ? [join(dirname(out), external)] : [])];
  const bytes = (await Promise.all(files.map((file) => stat(file)))).reduce((sum, { size }) => sum + size, 0);
  const data = {
    path: out,
    bytes,
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
        `${out}: ${data.nodes} nodes (${forwardCount} before), ${sizeInWords(bytes)}; the backward pass keeps ${sizeInWords(saved)} of activations`,
      );
    },
  };
};

/** Weights above this lie in a file of their own, for one that holds them too cannot be larger than two gigabytes. */
const mostInside = 2 ** 30;

const weightBytes = ({ graph }: Model): number =>
  [...graph.initializers.values()].reduce(
    (sum, { dtype, shape }) => sum + sizeOf(shape) * bytesPerElement(dtype as DType),
    0,
  );

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
