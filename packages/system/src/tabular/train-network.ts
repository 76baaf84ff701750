import { float32, int64, type OptionSpec, type OptionValues } from "@athanor/core";
import { categoricalFeatures, encoderToOnnx, takeSamples } from "@athanor/ml";
import {
  crossEntropy,
  eachAlone,
  fit,
  meanSquaredError,
  networkInputs,
  sideBySide,
  tableNetwork,
  toOnnx,
} from "@athanor/nn";
import { type GraphBuilder, type Value, writeModel } from "@athanor/onnx";
import { openSession } from "@athanor/runtime";
import type { TrainContext } from "../task/define-task.ts";
import { holdBack } from "../task/held-back.ts";
import { curvesOf, trainingOf } from "../task/training-options.ts";
import type { LearntTable, TableProblem } from "./learnt-table.ts";
import { fitNetworkInputs, networkFeeds, networkInputsToOnnx, numberWidth } from "./network-inputs.ts";
import type { networkOptions } from "./network-options.ts";

type Chosen = OptionValues<typeof networkOptions> & { readonly ensemble: number };

/** Trains networks side by side on most of the rows; the others decide which epoch's weights are kept. */
export async function trainNetwork<S extends OptionSpec>(
  { encoder, x, target, labels }: TableProblem,
  chosen: Chosen,
  context: TrainContext<S>,
): Promise<LearntTable> {
  const { seed, signal } = context;
  const inputs = await fitNetworkInputs(x, categoricalFeatures(encoder));
  const isClasses = labels.length > 0;
  const { mean, deviation } = isClasses ? { mean: 0, deviation: 1 } : spreadOf(target as Float64Array);
  const network = sideBySide(
    Object.fromEntries(
      Array.from({ length: chosen.ensemble }, (_, i) => [
        `network ${i + 1}`,
        tableNetwork({
          numbers: numberWidth(inputs),
          categories: inputs.counts,
          outputs: isClasses ? labels.length : 1,
          hidden: Array.from({ length: chosen.layers }, () => chosen.width),
          dropoutRate: chosen.dropout,
        }),
      ]),
    ),
  );
  const places = new Map(labels.map((label, k) => [label, k]));
  const rowsOf = (rows: Uint32Array) => ({
    x: networkFeeds(inputs, takeSamples(x, Array.from(rows))),
    y: isClasses
      ? int64(Array.from(rows, (row) => places.get(target[row] as string)!))
      : float32(
          Float32Array.from(rows, (row) => (Number(target[row]) - mean) / deviation),
          [rows.length, 1],
        ),
  });
  const parts = holdBack(target.length, chosen.validationShare, seed);
  const validation = rowsOf(parts.validation);
  const fitted = await fit(network, rowsOf(parts.train), {
    ...(await trainingOf(chosen, context)),
    loss: eachAlone(isClasses ? crossEntropy() : meanSquaredError()),
    validation,
    patience: chosen.patience,
  });
  const predicted = (g: GraphBuilder, scores: Readonly<Record<string, Value>>) => {
    const each = Object.values(scores).map((one) => (isClasses ? g.softmax(one) : one));
    const sum = each.reduce((total, one) => g.add(total, one));
    const averaged = each.length === 1 ? sum : g.mul(sum, 1 / each.length);
    return isClasses ? averaged : g.add(g.mul(averaged, deviation), mean);
  };
  return {
    summary: chosen.ensemble === 1 ? "network" : `${chosen.ensemble} networks`,
    details: { bestEpoch: fitted.bestEpoch, parameters: parametersOf(fitted.weights) },
    candidates: [],
    curves: curvesOf(fitted.history),
    async unseen() {
      const model = toOnnx(network, fitted.weights, {
        wrap: (g, apply) => g.output("predicted", predicted(g, apply(networkInputs(network, g)))),
      });
      await using session = await openSession(writeModel(model));
      const outputs = await session.run(validation.x, { signal });
      return {
        rows: Array.from(parts.validation),
        predictions: Float64Array.from(outputs.predicted!.data as Float32Array),
      };
    },
    toModel: (_, metadata, declare) =>
      toOnnx(network, fitted.weights, {
        metadata,
        wrap: (g, apply) => declare(g, predicted(g, apply(networkInputsToOnnx(inputs, g, encoderToOnnx(encoder, g))))),
      }),
  };
}

const parametersOf = (weights: Readonly<Record<string, { readonly size: number }>>): number =>
  Object.values(weights).reduce((sum, { size }) => sum + size, 0);

function spreadOf(values: Float64Array): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) || 1 };
}
