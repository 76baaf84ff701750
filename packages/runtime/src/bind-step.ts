import { AthanorError, type Tensor, zeros } from "@athanor/core";
import { type Dim, showShape, type ValueInfo } from "@athanor/onnx";
import { outputs } from "./build-step.ts";
import { type PlainTensor, type StepBinding, toPlain } from "./protocol.ts";
import type { PlacedParameters } from "./update/place-parameters.ts";

/** Two versions of a state: a step reads one and writes the other, so that no reader ever sees a half-updated value. */
export type Both = readonly [Tensor<"float32">, Tensor<"float32">];

/** What a session reads and writes beside the batch, for steps of either parity. */
export function bindingOf(
  versions: Readonly<Record<string, Both>>,
  replies: Readonly<Record<string, Tensor>>,
  placed: PlacedParameters | undefined,
  { isClipped, tables }: { readonly isClipped: boolean; readonly tables: readonly Table[] },
): StepBinding {
  const read = (parity: 0 | 1) => ({
    ...plainOf(Object.fromEntries(Object.entries(versions).map(([name, both]) => [name, both[parity]]))),
    ...plainOf(Object.fromEntries(Object.keys(placed?.gradients ?? {}).map((name) => [name, placed!.states[name]!]))),
  });
  const written = (parity: 0 | 1) =>
    plainOf({
      ...Object.fromEntries(Object.entries(versions).map(([name, both]) => [outputs.moved(name), both[parity]])),
      ...Object.fromEntries(
        Object.entries(placed?.gradients ?? {})
          .filter(([name]) => !(name in (placed?.touched ?? {})))
          .map(([name, tensor]) => [outputs.gradient(name), tensor]),
      ),
      ...Object.fromEntries(tables.flatMap(({ written }) => Object.entries(written))),
    });
  const scale = zeros("float32", [], { shared: true });
  return {
    feeds: [read(0), read(1)],
    fetches: [written(1), written(0)],
    replies: plainOf(replies),
    ...(placed
      ? {
          update: {
            plan: placed.plan,
            tables: tables.map(({ name, uses }) => ({
              uses: uses.map(({ rows, gradients }) => ({ rows: toPlain(rows), gradients: toPlain(gradients) })),
              sums: toPlain(placed.gradients[name]!),
              touched: placed.touched[name]!,
            })),
            ...(isClipped
              ? { scale: { output: outputs.gradientScale, tensor: toPlain(scale), positions: placed.scalePositions } }
              : {}),
          },
        }
      : {}),
  };
}

export interface Table {
  readonly name: string;
  readonly uses: readonly { readonly rows: Tensor; readonly gradients: Tensor }[];
  /** By graph output. */
  readonly written: Readonly<Record<string, Tensor>>;
}

/** Memory for what the graph writes of the tables that are updated by row. */
export function tablesOf(
  uses: Readonly<Record<string, number>>,
  placed: PlacedParameters,
  declared: readonly ValueInfo[],
): readonly Table[] {
  return Object.keys(placed.touched).map((name) => {
    const memory = (output: string, dtype: "int32" | "float32") => {
      const { shape } = declared.find((info) => info.name === output)!;
      return zeros(dtype, known(output, shape), { shared: true });
    };
    const read = Array.from({ length: uses[name]! }, (_, k) => ({
      rows: memory(outputs.rows(name, k), "int32"),
      gradients: memory(outputs.rowGradients(name, k), "float32"),
    }));
    const written = read.flatMap(({ rows, gradients }, k) => [
      [outputs.rows(name, k), rows] as const,
      [outputs.rowGradients(name, k), gradients] as const,
    ]);
    return { name, uses: read, written: Object.fromEntries(written) };
  });
}

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
