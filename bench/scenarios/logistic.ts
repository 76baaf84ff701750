import { logisticRegression } from "@athanor/ml";
import { besideScikitLearn, type Parted, parted } from "../beside-scikit-learn.ts";
import { measureClassifier } from "../measure-classifier.ts";
import { numbersOfTable } from "../numbers-of-table.ts";

/** Logistic regression on standardised features, beside scikit-learn's, which stops by the same measure. */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const sets = [
    { title: "adult", file: "adult_train.csv.gz", target: "income" },
    { title: "letter", file: "letter_recognition_train.csv.gz", target: "letter" },
  ];
  const contests = await Promise.all(
    sets.map(async ({ title, file, target }) => {
      const { x, features, targets } = await numbersOfTable(file, target);
      const data = parted(standardised(x, features), features, targets);
      return { name: "logistic", title, pairs: 5, options: { tol: 1e-4, max_iter: 200 }, data, ours };
    }),
  );
  return besideScikitLearn(contests, log);
}

const ours = (data: Parted) => measureClassifier(logisticRegression({ tol: 1e-4 }), data);

/** Columns of mean 0 and variance 1, missing values as the mean. */
function standardised(values: Float32Array, features: number): Float32Array {
  const rows = values.length / features;
  const out = new Float32Array(values.length);
  for (let j = 0; j < features; j++) {
    const column = Float64Array.from({ length: rows }, (_, row) => values[row * features + j]!);
    const known = column.filter((value) => !Number.isNaN(value));
    const mean = known.reduce((a, b) => a + b, 0) / known.length;
    const scale = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length) || 1;
    for (let row = 0; row < rows; row++)
      out[row * features + j] = Number.isNaN(column[row]!) ? 0 : (column[row]! - mean) / scale;
  }
  return out;
}
