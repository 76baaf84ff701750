import { AthanorError, float32 } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import type { Transformer, TransformerEstimator } from "../define-transformer.ts";
import { checkMatrix, type Matrix, takeColumns } from "../matrix.ts";

/** Columns, by number, and the transformers that they go through in turn. */
export interface ColumnPart {
  readonly columns: readonly number[];
  readonly with: readonly TransformerEstimator[];
}

/** The states of each part's transformers. */
export interface ColumnsState {
  readonly parts: readonly (readonly unknown[])[];
}

const name = "columnTransformer";

function make(parts: readonly ColumnPart[]): TransformerEstimator<ColumnsState> {
  const used = parts.filter(({ columns }) => columns.length > 0);
  const width = Math.max(-1, ...used.flatMap(({ columns }) => columns)) + 1;
  if (width === 0)
    throw new AthanorError("ml/no-features", `${name}: expected at least one column, got none`, {
      fix: "Name the columns of each part.",
    });
  const chainsOf = (fitted: (part: ColumnPart, index: number) => readonly Transformer[], features: number) =>
    transformerOf(
      used.map((part, i) => ({ columns: part.columns, chain: fitted(part, i) })),
      features,
    );
  return {
    kind: "transformer",
    name,
    options: {
      parts: used.map(({ columns, with: steps }) => ({
        columns,
        steps: steps.map(({ name: step, options }) => ({ name: step, options })),
      })),
    },
    allowsMissing: true,
    supervised: used.some(({ with: steps }) => steps.some(({ supervised }) => supervised)),
    restore: (state, features) =>
      chainsOf(({ columns, with: steps }, i) => {
        let outputs = columns.length;
        return steps.map((step, j) => {
          const fitted = step.restore(state.parts[i]![j], outputs);
          outputs = fitted.outputs;
          return fitted;
        });
      }, features),
    async fit(x, target, work) {
      return (await this.fitTransform(x, target, work)).model;
    },
    async fitTransform(x, target, work) {
      checkMatrix(name, x, { allowsMissing: true });
      const [, features = 0] = x.shape;
      if (width > features)
        throw new AthanorError("ml/width-mismatch", `${name}: expected at least ${width} features, got ${features}`, {
          fix: "Count columns from 0.",
          details: { expected: width, got: features },
        });
      const fitted: Transformer[][] = [];
      const trained: Matrix[] = [];
      for (const { columns, with: steps } of used) {
        let part = takeColumns(x, columns);
        const chain: Transformer[] = [];
        for (const step of steps) {
          const { model, features: next } = await step.fitTransform(part, target, work);
          part = next;
          chain.push(model);
        }
        fitted.push(chain);
        trained.push(part);
      }
      return { model: chainsOf((_, i) => fitted[i]!, features), features: besides(trained) };
    },
  };
}

/**
 * Sends columns through transformers of their own and puts the results side by side; columns that no part names are dropped.
 *
 * @throws `ml/no-features`, `ml/width-mismatch`
 */
export const columnTransformer = Object.assign(make, {
  definition: { name, kind: "transformer" as const, options: {} },
});

function transformerOf(
  parts: readonly { readonly columns: readonly number[]; readonly chain: readonly Transformer[] }[],
  features: number,
): Transformer<ColumnsState> {
  const widths = parts.map(({ columns, chain }) => chain.at(-1)?.outputs ?? columns.length);
  const outputs = widths.reduce((a, b) => a + b, 0);
  const unnamed = Array.from({ length: features }, (_, j) => `x${j}`);
  return {
    kind: "transformer",
    name,
    features,
    outputs,
    state: { parts: parts.map(({ chain }) => chain.map(({ state }) => state)) },
    transform(x) {
      checkMatrix(name, x, { width: features, allowsMissing: true });
      return besides(
        parts.map(({ columns, chain }) =>
          chain.reduce((part, model) => model.transform(part), takeColumns(x, columns)),
        ),
      );
    },
    toOnnx(g: GraphBuilder, x: Value) {
      const results = parts.map(({ columns, chain }) =>
        chain.reduce((part, model) => model.toOnnx(g, part), g.gather(x, g.constant(columns, "int64"), 1)),
      );
      return results.length === 1 ? results[0]! : g.concat(results, 1);
    },
    featureNames: (names = unnamed) =>
      parts.flatMap(({ columns, chain }) =>
        chain.reduce<readonly string[]>(
          (given, model) => model.featureNames(given),
          columns.map((column) => names[column]!),
        ),
      ),
  };
}

/** Puts matrices side by side. */
function besides(parts: readonly Matrix[]): Matrix {
  const rows = parts[0]!.shape[0]!;
  const outputs = parts.reduce((sum, { shape }) => sum + shape[1]!, 0);
  const out = new Float32Array(rows * outputs);
  let at = 0;
  for (const { data, shape } of parts) {
    const width = shape[1]!;
    for (let row = 0; row < rows; row++) out.set(data.subarray(row * width, (row + 1) * width), row * outputs + at);
    at += width;
  }
  return float32(out, [rows, outputs]);
}
