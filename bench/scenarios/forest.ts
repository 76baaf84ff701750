import { randomForestClassifier } from "@athanor/ml";
import { besideScikitLearn, parted } from "../beside-scikit-learn.ts";
import { measureClassifier } from "../measure-classifier.ts";
import { numbersOfTable } from "../numbers-of-table.ts";

/** Random forests of 100 trees on all cores, beside scikit-learn's. */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const sets = [
    { title: "adult", file: "adult_train.csv.gz", target: "income", pairs: 3 },
    { title: "kddcup99", file: "kddcup99_10pct_train.csv.gz", target: "label", pairs: 1 },
  ];
  const figures: Record<string, unknown> = {};
  for (const { title, file, target, pairs } of sets) {
    const { x, features, targets } = await numbersOfTable(file, target);
    // scikit-learn refuses no NaN, ours does: missing names count as one of their own.
    const data = parted(
      x.map((value) => (Number.isNaN(value) ? -1 : value)),
      features,
      targets,
    );
    const contest = {
      name: "forest",
      title,
      data,
      pairs,
      options: { n_estimators: 100, n_jobs: -1 },
      ours: () => measureClassifier(randomForestClassifier(), data),
    };
    Object.assign(figures, await besideScikitLearn([contest], log));
  }
  return figures;
}
