import { float32, integer, Random, real, required, Tensor, text } from "@athanor/core";
import { columnOf, numbersOf, type Table, textsOf } from "@athanor/data";
import { regressionScores } from "@athanor/ml";
import {
  adamW,
  cosine,
  fit,
  matrixFactorization,
  meanSquaredError,
  type Rows,
  rootMeanSquaredError,
  toOnnx,
} from "@athanor/nn";
import { type GraphBuilder, type Value, writeModel } from "@athanor/onnx";
import { predictRows } from "../predict/predict-rows.ts";
import { defineTask, type Model, type Row } from "../task/define-task.ts";
import { logSteps } from "../task/log-steps.ts";
import { cardKey, type ModelCard } from "../task/model-card.ts";

const options = {
  from: text(required, "the source of the ratings"),
  user: text(required, "the column that names users"),
  item: text(required, "the column that names items"),
  rating: text(required, "the column of ratings"),
  test: text(null, "a source of ratings held back for the evaluation; a share of them when null"),
  testShare: real(0.1, "share of the ratings held back", { min: 0.01, max: 0.9 }),
  factors: integer(64, "length of a user's and an item's vector", { min: 1, max: 512 }),
  epochs: integer(12, "passes over the ratings", { min: 1, max: 1000 }),
  batchSize: integer(1024, "ratings of a step", { min: 1 }),
  learningRate: real(0.02, "step size", { min: 0, scale: "log" }),
  weightDecay: real(0.4, "pull of the factors towards zero, times the learning rate", { min: 0 }),
  dropout: real(0.5, "share of factors masked out in training", { min: 0, max: 0.9 }),
};

/** Predicts ratings by matrix factorisation, and ranks the items that a user has not rated. */
export const recommend = defineTask({
  name: "recommendation",
  summary: "Predict ratings and recommend items",
  options,
  reads: ({ from, test }) => (test === null ? [from] : [from, test]),
  async train({ name, options: chosen, seed, table, log, checkpoint, cache, signal, onProgress }) {
    const ratings = readRatings(await table(chosen.from), chosen, `learn.${name}`);
    const all = split(ratings, chosen, seed).train;
    // A part of the training ratings tells when to stop; the test ratings stay unseen.
    const order = Random.from(seed).split("validation").permutation(all.length);
    const held = Math.max(1, Math.round(0.05 * all.length));
    const [validation, train] = [order.subarray(0, held), order.subarray(held)].map((rows) =>
      [...rows].map((i) => all[i]!),
    );
    const [users, items] = [names(ratings.users, all), names(ratings.items, all)];
    const mean = train!.reduce((sum, row) => sum + ratings.values[row]!, 0) / train!.length;
    const network = matrixFactorization({
      users: users.length + 1,
      items: items.length + 1,
      factors: chosen.factors,
      mean,
      dropoutRate: chosen.dropout,
    });
    const index = indexer(users, items, ratings);
    const fitted = await fit(network, index(train!), {
      loss: meanSquaredError(),
      optimizer: adamW({ weightDecay: chosen.weightDecay }),
      learningRate: chosen.learningRate,
      schedule: cosine({ floor: 0.05 }),
      epochs: chosen.epochs,
      batchSize: chosen.batchSize,
      validation: index(validation!),
      metrics: { rmse: rootMeanSquaredError },
      watch: { metric: "rmse", better: "lower" },
      patience: 5,
      seed,
      signal,
      onProgress,
      onStep: logSteps(log),
      onEpoch: ({ epoch, loss, validation: scores }) =>
        log(epoch, { "train loss": loss, "validation rmse": scores!.rmse! }),
      resumeFrom: await checkpoint.load(),
      onCheckpoint: (bytes) => checkpoint.save(bytes),
      cache,
    });
    const card: ModelCard = {
      task: "recommendation",
      summary: `Predicts what ${chosen.user} gives ${chosen.item} (matrix factorisation)`,
      inputs: [
        { name: chosen.user, type: "text", help: "who", example: users[0] },
        {
          name: chosen.item,
          type: "text",
          help: "what; left out, the best items are recommended",
          example: items[0],
          optional: true,
        },
      ],
      outputs: [{ name: "rating", type: "number", help: "the predicted rating" }],
      headline: { metric: "rmse", better: "lower" },
      details: { user: chosen.user, item: chosen.item, items, factors: chosen.factors, bestEpoch: fitted.bestEpoch },
    };
    const model = toOnnx(network, fitted.weights, {
      metadata: { [cardKey]: JSON.stringify(card) },
      wrap(g, apply) {
        g.output("rating", apply({ user: encode(g, chosen.user, users), item: encode(g, chosen.item, items) }));
      },
    });
    const curves = [
      { name: "train loss", points: fitted.history.map(({ epoch, loss }) => [epoch, loss] as const) },
      {
        name: "validation RMSE",
        points: fitted.history.map(({ epoch, validation: scores }) => [epoch, scores!.rmse!] as const),
      },
    ];
    return { model: writeModel(model), card, candidates: [], curves };
  },
  async evaluate({ name, options: chosen, seed, table, signal }, { session }) {
    const ratings = readRatings(await table(chosen.test ?? chosen.from), chosen, `learn.${name}`);
    const rows = chosen.test === null ? split(ratings, chosen, seed).test : [...ratings.values.keys()];
    const column = (values: readonly string[]) =>
      new Tensor(
        "string",
        rows.map((row) => values[row]!),
        [rows.length, 1],
      );
    const { rating } = await session.run(
      { [chosen.user]: column(ratings.users), [chosen.item]: column(ratings.items) },
      { signal },
    );
    return {
      metrics: {
        ...regressionScores(
          rows.map((row) => ratings.values[row]!),
          rating!.data as Float32Array,
        ),
        rows: rows.length,
      },
    };
  },
  async predict(model, rows, work) {
    const { item } = model.card.details as { item: string };
    const predictions: Row[] = [];
    for (const row of rows) {
      if (row[item] !== undefined && row[item] !== null) predictions.push((await predictRows(model, [row], work))[0]!);
      else predictions.push({ recommendations: await rank(model, row, item, work) });
    }
    return predictions;
  },
});

const recommended = 10;

/** The items with the highest predicted ratings for a user. */
async function rank(
  model: Model,
  row: Row,
  item: string,
  work: Parameters<typeof predictRows>[2],
): Promise<readonly Row[]> {
  const { items } = model.card.details as { items: readonly string[] };
  const ratings = await predictRows(
    model,
    items.map((each) => ({ ...row, [item]: each })),
    work,
  );
  return items
    .map((each, i) => ({ [item]: each, rating: ratings[i]!.rating }))
    .sort((a, b) => Number(b.rating) - Number(a.rating))
    .slice(0, recommended);
}

interface Ratings {
  readonly users: readonly string[];
  readonly items: readonly string[];
  readonly values: Float64Array;
}

function readRatings(
  table: Table,
  { user, item, rating }: { readonly user: string; readonly item: string; readonly rating: string },
  owner: string,
): Ratings {
  const [users, items] = [user, item].map((name) => textsOf(columnOf(table, name, owner)).map((each) => each ?? ""));
  return { users: users!, items: items!, values: numbersOf(columnOf(table, rating, owner), owner) };
}

function split(
  { values }: Ratings,
  { test, testShare }: { readonly test: string | null; readonly testShare: number },
  seed: number,
) {
  const rows = [...values.keys()];
  if (test !== null) return { train: rows, test: [] };
  const order = Random.from(seed).split("test").permutation(rows.length);
  const held = Math.round(testShare * rows.length);
  return {
    train: [...order.subarray(held)].sort((a, b) => a - b),
    test: [...order.subarray(0, held)].sort((a, b) => a - b),
  };
}

const names = (values: readonly string[], rows: readonly number[]): readonly string[] =>
  [...new Set(rows.map((row) => values[row]!))].sort();

/** Users and items as positions; the last row of each table stands for those never seen and stays near zero. */
function indexer(
  users: readonly string[],
  items: readonly string[],
  { users: allUsers, items: allItems, values }: Ratings,
) {
  const [userAt, itemAt] = [users, items].map((list) => new Map(list.map((name, i) => [name, i])));
  const position = (at: ReadonlyMap<string, number>, name: string) => BigInt(at.get(name) ?? at.size);
  return (rows: readonly number[]): Rows => ({
    x: {
      user: new Tensor(
        "int64",
        BigInt64Array.from(rows, (row) => position(userAt!, allUsers[row]!)),
        [rows.length],
      ),
      item: new Tensor(
        "int64",
        BigInt64Array.from(rows, (row) => position(itemAt!, allItems[row]!)),
        [rows.length],
      ),
    },
    y: float32(Float32Array.from(rows, (row) => values[row]!)),
  });
}

/** Names to positions inside the model, so that it takes what people type. */
function encode(g: GraphBuilder, name: string, known: readonly string[]): Value {
  const input = g.input(name, "string", ["batch", 1]);
  const attributes = { keys_strings: known, values_int64s: known.map((_, i) => i), default_int64: known.length };
  return g.op("Squeeze", [
    g.op("LabelEncoder", [input], attributes, { domain: "ai.onnx.ml" }),
    g.constant([1], "int64"),
  ]);
}
