import { readFileSync } from "node:fs";
import { join } from "node:path";
import { float32 } from "@athanor/core";
import { histGradientBoostingClassifier, histGradientBoostingRegressor } from "@athanor/ml";

/** Fits once and prints seconds and loss, in a process of its own so that its memory can be told. */
const [folder, name, isClass, rounds] = process.argv.slice(2) as [string, string, string, string];
// Files of this size come in a buffer of their own, so that nothing has to be copied.
const { buffer: targets } = readFileSync(join(folder, `${name}.y`));
const { buffer: numbers } = readFileSync(join(folder, `${name}.x`));
const y = new Float64Array(targets);
const data = new Float32Array(numbers);
const features = data.length / y.length;
const x = float32(data, [y.length, features]);
const options = { maxIter: Number(rounds) };
const labels = isClass === "true" ? Array.from(y, String) : [];
const from = performance.now();
const model =
  isClass === "true"
    ? await histGradientBoostingClassifier(options).fit(x, labels)
    : await histGradientBoostingRegressor(options).fit(x, y);
const seconds = (performance.now() - from) / 1000;
const megabytes = process.resourceUsage().maxRSS / 1024;

// As the peers do: the loss of some 50 000 rows.
const step = Math.max(1, Math.floor(y.length / 50_000));
const rows = Array.from({ length: Math.ceil(y.length / step) }, (_, i) => i * step);
const part = float32(
  Float32Array.from(
    { length: rows.length * features },
    (_, i) => data[rows[Math.floor(i / features)]! * features + (i % features)]!,
  ),
  [rows.length, features],
);
const scores = model.kind === "classifier" ? model.predictProbabilities(part) : model.predict(part);
const losses = rows.map((row, i) =>
  model.kind === "classifier" ? -Math.log(scores[2 * i + y[row]!]!) : (scores[i]! - y[row]!) ** 2,
);
console.log(JSON.stringify({ seconds, megabytes, loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length }));
