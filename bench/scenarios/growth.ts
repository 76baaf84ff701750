import { type ClassifierEstimator, histGradientBoostingClassifier, randomForestClassifier, svc } from "@athanor/ml";
import { besideScikitLearn, type Parted, parted } from "../beside-scikit-learn.ts";
import { measureClassifier } from "../measure-classifier.ts";
import { numbersOfTable } from "../numbers-of-table.ts";

interface Subject {
  readonly name: string;
  readonly file: string;
  readonly target: string;
  readonly smallest: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly estimator: ClassifierEstimator;
}

const subjects: readonly Subject[] = [
  {
    name: "svc",
    file: "letter_recognition_train.csv.gz",
    target: "letter",
    smallest: 1000,
    options: {},
    estimator: svc(),
  },
  {
    name: "forest",
    file: "kddcup99_10pct_train.csv.gz",
    target: "label",
    smallest: 12_000,
    options: { n_estimators: 20, n_jobs: -1 },
    estimator: randomForestClassifier({ nTrees: 20 }),
  },
  {
    name: "boosting",
    file: "adult_train.csv.gz",
    target: "income",
    smallest: 2000,
    options: { max_iter: 50, early_stopping: false },
    estimator: histGradientBoostingClassifier({ maxIter: 50 }),
  },
];
const factors = [1, 4, 16];

/** How the time of a fit grows with the rows: the exponent between n, 4n and 16n, beside that of scikit-learn. */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const figures: Record<string, unknown> = {};
  for (const { name, file, target, smallest, options, estimator } of subjects) {
    const { x, features, targets } = await numbersOfTable(file, target);
    const times: { readonly rows: number; readonly seconds: number; readonly theirSeconds: number }[] = [];
    for (const factor of factors) {
      const data = some(x, features, targets, smallest * factor);
      const title = `${name}${factor}`;
      const contest = { name, title, data, pairs: 3, options, ours: () => measureClassifier(estimator, data) };
      const { [title]: found } = await besideScikitLearn([contest], log);
      const { seconds, theirSeconds } = found as { readonly seconds: number; readonly theirSeconds: number };
      times.push({ rows: data.y.length, seconds, theirSeconds });
    }
    const exponent = (of: (time: (typeof times)[number]) => number): number =>
      Math.log(of(times.at(-1)!) / of(times[0]!)) / Math.log(factors.at(-1)!);
    figures[name] = {
      times,
      exponent: exponent(({ seconds }) => seconds),
      theirExponent: exponent(({ theirSeconds }) => theirSeconds),
    };
  }
  return figures;
}

/** Rows spread evenly over the table. */
function some(x: Float32Array, features: number, targets: readonly unknown[], count: number): Parted {
  const rows = Array.from({ length: count }, (_, i) => Math.floor((i * targets.length) / count));
  const values = new Float32Array(count * features);
  for (const [to, row] of rows.entries())
    values.set(
      x.subarray(row * features, (row + 1) * features).map((value) => (Number.isNaN(value) ? -1 : value)),
      to * features,
    );
  return parted(
    values,
    features,
    rows.map((row) => targets[row]),
  );
}
