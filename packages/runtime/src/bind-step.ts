import { AthanorError, type Slices, type Tensor, zeros } from "@athanor/core";
import { type Dim, showShape } from "@athanor/onnx";
import { tableSquares } from "./build-updates.ts";
import { type PlainFeeds, type PlainTensor, type StepBinding, toPlain } from "./protocol.ts";
import type { Port } from "./session.ts";
import { outputs } from "./step-names.ts";
import type { StepState } from "./step-state.ts";

/** Two versions of a state: a step reads one and writes the other, so that no reader ever sees a half-updated value. */
export type Both = readonly [Tensor<"float32">, Tensor<"float32">];

/** A loaded graph's inputs and outputs, and how often it reads rows of each table. */
export interface Bindable {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly uses: Readonly<Record<string, number>>;
}

/** What a graph reads and writes beside the batch: those of the state's tensors that it has inputs or outputs for. */
export function* bindingOf({ inputs, outputs: declared, uses }: Bindable, state: StepState): Slices<StepBinding> {
  const { placed, moved, updated, scale, squares } = state;
  const readable = new Set(inputs.map(({ name }) => name));
  const writable = new Map(declared.map((port) => [port.name, port]));
  const all = { ...moved, ...updated };
  const isMovedHere = (name: string) => writable.has(outputs.moved(name));
  const versions = (parity: 0 | 1, wanted: (name: string) => boolean) =>
    Object.fromEntries(
      Object.entries(all)
        .filter(([name]) => wanted(name))
        .map(([name, both]) => [name, both[parity]]),
    );
  const gradientsIn = (memory: Readonly<Record<string, Tensor>>) =>
    Object.fromEntries(Object.entries(memory).map(([name, tensor]) => [outputs.gradient(name), tensor]));
  const read = (tensors: Readonly<Record<string, Tensor>>): PlainFeeds =>
    plainOf(Object.fromEntries(Object.entries(tensors).filter(([name]) => readable.has(name))));
  const written = (tensors: Readonly<Record<string, Tensor>>): PlainFeeds =>
    plainOf(Object.fromEntries(Object.entries(tensors).filter(([name]) => writable.has(name))));

  const memory = (output: string, dtype: "int32" | "float32") =>
    toPlain(zeros(dtype, known(output, writable.get(output)?.shape), { shared: true }));
  const tables = Object.keys(placed?.touched ?? {}).map((name) =>
    Array.from({ length: uses[name] ?? 0 }, (_, k) => ({
      rows: memory(outputs.rows(name, k), "int32"),
      gradients: memory(outputs.rowGradients(name, k), "float32"),
    })),
  );
  const rows = Object.keys(placed?.touched ?? {}).flatMap((name, i) =>
    tables[i]!.flatMap((use, k) => [
      [outputs.rows(name, k), use.rows] as const,
      [outputs.rowGradients(name, k), use.gradients] as const,
    ]),
  );
  const replies = plainOf(
    Object.fromEntries(
      declared
        .filter(({ name }) => name === outputs.loss || name.startsWith(outputs.metric("")))
        .map(({ name, dtype, shape }) => [name, zeros(dtype as "float32", known(name, shape), { shared: true })]),
    ),
  );
  yield;
  const gradients = gradientsIn(placed?.gradients ?? {});
  const constant = read({ ...placed?.states, ...gradients, [tableSquares]: squares });
  yield;
  const fixed = { ...Object.fromEntries(rows), ...replies };
  const feedsMoved = (parity: 0 | 1) => read(versions(parity, isMovedHere));
  const feedsHeld = (parity: 0 | 1) => ({ ...read(versions(parity, (name) => !isMovedHere(name))), ...constant });
  const fetches = (parity: 0 | 1): PlainFeeds => {
    const next = versions((1 - parity) as 0 | 1, isMovedHere);
    const states = Object.fromEntries(Object.entries(next).map(([name, tensor]) => [outputs.moved(name), tensor]));
    return { ...written({ ...states, [outputs.gradientScale]: scale }), ...fixed };
  };
  const feeds: StepBinding["feeds"] = {
    moved: [feedsMoved(0), feedsMoved(1)],
    held: [feedsHeld(0), feedsHeld(1)],
  };
  yield;
  const moves: StepBinding["fetches"]["moved"] = [fetches(0), fetches(1)];
  yield;
  const sums: StepBinding["fetches"]["gradients"] = [written(gradients), written(gradientsIn(placed?.parts ?? {}))];
  return { feeds, fetches: { moved: moves, gradients: sums }, replies, uses: tables };
}

/** The inputs of a graph that come with the batch. */
export function fedInputs({ inputs }: Pick<Bindable, "inputs">, { feeds }: StepBinding): readonly Port[] {
  const bound = new Set([...rateInputs, ...Object.keys(feeds.moved[0]), ...Object.keys(feeds.held[0])]);
  return inputs.filter(({ name }) => !bound.has(name));
}

/** Inputs of graphs that hold updates. */
export const rateInputs = ["learningRate", "step"] as const;

/** The lengths of an output that is written to memory of its own. */
export function known(name: string, shape: readonly Dim[] | undefined): readonly number[] {
  if (shape?.every((length) => typeof length === "number")) return shape as readonly number[];
  throw new AthanorError(
    "runtime/metric",
    `compileStep: expected the lengths of ${name} to be known, got ${showShape(shape)}`,
    {
      fix: "Report a metric whose shape follows from the shapes of the inputs.",
      details: { name, shape },
    },
  );
}

export const plainOf = (tensors: Readonly<Record<string, Tensor>>): Record<string, PlainTensor> =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, toPlain(tensor)]));
