import { float32, integer, oneOf, real, required, text, texts } from "@athanor/core";
import type { Table } from "@athanor/data";
import {
  dLinear,
  fit,
  meanSquaredError,
  type Network,
  type SeriesShape,
  seriesLstm,
  sliceAxis,
  tcn,
  toOnnx,
} from "@athanor/nn";
import { type GraphBuilder, type Value, writeModel } from "@athanor/onnx";
import { defineTask } from "../task/define-task.ts";
import { cardKey, type Field, type ModelCard } from "../task/model-card.ts";
import { type Series, scaledBack, seriesOf } from "../task/series.ts";
import { curvesOf, trainingOf, trainingOptions } from "../task/training-options.ts";
import { windowStarts, windowsOf } from "../task/windows.ts";

const options = {
  from: text(required, "the source of the rows, one for each step in time"),
  targets: texts(required, "the columns of numbers to predict"),
  features: texts([], "columns of numbers to look at beside them"),
  time: text(null, "the column to order rows by; as they come when null"),
  window: integer(24, "steps to look back on", { min: 2 }),
  horizon: integer(1, "steps ahead to predict", { min: 1 }),
  network: oneOf("lstm", "what predicts", ["dLinear", "lstm", "tcn"]),
  width: integer(64, "size of the state of lstm, maps of tcn", { min: 1 }),
  dropout: real(0.1, "share of features set to zero in training", { min: 0, max: 0.9 }),
  testShare: real(0.2, "share of the steps held back, the last ones", { min: 0.01, max: 0.9 }),
  validationShare: real(0.2, "share of the others that decides which epoch's weights are kept, the last ones", {
    min: 0.01,
    max: 0.9,
  }),
  metric: oneOf(
    "mse",
    "the figure that decides between versions: mse counts in deviations, the others in the column's unit",
    ["mse", "rmse", "mae"],
  ),
  ...trainingOptions,
};

const networks: Readonly<Record<string, (shape: SeriesShape, sizes: { width: number; dropout: number }) => Network>> = {
  dLinear: (shape) => dLinear(shape),
  lstm: (shape, { width, dropout }) => seriesLstm({ ...shape, hidden: width, dropoutRate: dropout }),
  tcn: (shape, { width, dropout }) => tcn({ ...shape, width, dropoutRate: dropout }),
};

/** Predicts the next steps of series from those before, with a network. */
export const forecast = defineTask({
  name: "series-regression",
  summary: "Predict the next numbers of series",
  options,
  reads: ({ from }) => [from],
  async train(context) {
    const { name, options: chosen } = context;
    const parts = await partsOf(name, chosen, context.table);
    const { series, shape } = parts;
    const network = networks[chosen.network]!(shape, chosen);
    const fitted = await fit(network, windowsOf(series, shape, parts.train), {
      ...(await trainingOf(chosen, context)),
      loss: meanSquaredError(),
      validation: windowsOf(series, shape, parts.validation),
    });
    const card: ModelCard = {
      task: "series-regression",
      summary: `Predicts ${chosen.targets.join(", ")} ${shape.horizon} steps ahead from ${shape.window} steps`,
      inputs: series.names.map((column, i) => ({
        name: column,
        type: "series",
        length: shape.window,
        help: `the last ${shape.window} values of ${column}, oldest first`,
        example: Array.from({ length: shape.window }, (_, step) => scaledBack(series, series.values[i]![step]!, i)),
      })),
      outputs: chosen.targets.map((target) => outputOf(target, shape.horizon)),
      headline: { metric: chosen.metric, better: "lower" },
      details: { ...shape, bestEpoch: fitted.bestEpoch, means: series.means, deviations: series.deviations },
    };
    const model = toOnnx(network, fitted.weights, {
      metadata: { [cardKey]: JSON.stringify(card) },
      wrap: (g, apply) => wrapSeries(g, series, shape, (x) => apply({ x })),
    });
    return { model: writeModel(model), card, candidates: [], curves: curvesOf(fitted.history) };
  },
  async evaluate({ name, options: chosen, table, signal }, { session }) {
    const { series, shape, test } = await partsOf(name, chosen, table);
    let [squares, scaledSquares, apart, count] = [0, 0, 0, 0];
    for (let at = 0; at < test.length; at += batchSize) {
      const starts = test.slice(at, at + batchSize);
      const outputs = await session.run(rawWindows(series, shape, starts), { signal });
      for (const [target, column] of chosen.targets.entries()) {
        const { data } = outputs[outputOf(column, shape.horizon).name]!;
        for (const [row, start] of starts.entries()) {
          for (let step = 0; step < shape.horizon; step++) {
            const truth = scaledBack(series, series.values[target]![start + shape.window + step]!, target);
            const error = Number(data[row * shape.horizon + step]) - truth;
            squares += error ** 2;
            scaledSquares += (error / series.deviations[target]!) ** 2;
            apart += Math.abs(error);
            count++;
          }
        }
      }
    }
    const metrics = { mse: scaledSquares / count, rmse: Math.sqrt(squares / count), mae: apart / count };
    return { metrics: { ...metrics, rows: test.length } };
  },
});

const batchSize = 256;

const outputOf = (target: string, horizon: number): Field => ({
  name: `next ${target}`,
  type: horizon === 1 ? "number" : "series",
  ...(horizon === 1 ? {} : { length: horizon }),
  help: horizon === 1 ? `the next ${target}` : `the next ${horizon} values of ${target}`,
});

interface Chosen {
  readonly from: string;
  readonly targets: readonly string[];
  readonly features: readonly string[];
  readonly time: string | null;
  readonly window: number;
  readonly horizon: number;
  readonly testShare: number;
  readonly validationShare: number;
}

/** The series, and where the windows of each part begin: a window belongs to the part that it predicts. */
async function partsOf(name: string, chosen: Chosen, table: (source: string) => Promise<Table>) {
  const rows = await table(chosen.from);
  const trained = Math.round((1 - chosen.testShare) * rows.rows);
  const learned = Math.round((1 - chosen.validationShare) * trained);
  const series = seriesOf(rows, chosen, learned, `learn.${name}`);
  const shape: SeriesShape = {
    window: chosen.window,
    horizon: chosen.horizon,
    channels: series.names.length,
    targets: chosen.targets.length,
  };
  const starts = (from: number, to: number) => windowStarts(series, shape, from, to, `learn.${name}`);
  return {
    series,
    shape,
    train: starts(0, learned),
    validation: starts(learned, trained),
    test: starts(trained, rows.rows),
  };
}

/** Windows as people send them: unscaled, a tensor a column. */
function rawWindows(series: Series, { window }: SeriesShape, starts: readonly number[]) {
  return Object.fromEntries(
    series.names.map((name, i) => [
      name,
      float32(
        starts.flatMap((start) =>
          Array.from({ length: window }, (_, step) => scaledBack(series, series.values[i]![start + step]!, i)),
        ),
        [starts.length, window],
      ),
    ]),
  );
}

/** Puts scaling before a network and takes it back behind it. */
function wrapSeries(g: GraphBuilder, series: Series, shape: SeriesShape, apply: (x: Value) => Value): void {
  const columns = series.names.map((name, i) => {
    const raw = g.input(name, "float32", ["batch", shape.window]);
    const scaled = g.div(g.sub(raw, series.means[i]!), series.deviations[i]!);
    return g.reshape(scaled, ["batch", shape.window, 1]);
  });
  const next = apply(g.concat(columns, 2));
  for (let i = 0; i < shape.targets; i++) {
    const own = g.reshape(sliceAxis(g, next, 2, i, i + 1), ["batch", shape.horizon]);
    const value = g.add(g.mul(own, series.deviations[i]!), series.means[i]!);
    g.output(outputOf(series.names[i]!, shape.horizon).name, value);
  }
}
