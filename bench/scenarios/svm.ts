import { svc } from "@athanor/ml";
import { besideScikitLearn, type Parted, parted } from "../beside-scikit-learn.ts";
import { measureClassifier } from "../measure-classifier.ts";
import { numbersOfTable } from "../numbers-of-table.ts";

/** Support vector machines with the RBF kernel and their default settings, beside scikit-learn's (LIBSVM). */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const sets = [
    { title: "letter", file: "letter_recognition_train.csv.gz", target: "letter", pairs: 3 },
    { title: "digits", file: "digits_8x8.csv.gz", target: "target", pairs: 9 },
  ];
  const contests = await Promise.all(
    sets.map(async ({ title, file, target, pairs }) => {
      const { x, features, targets } = await numbersOfTable(file, target);
      return { name: "svc", title, pairs, options: {}, data: parted(x, features, targets), ours };
    }),
  );
  return besideScikitLearn(contests, log);
}

async function ours(data: Parted) {
  const { state, ...measured } = await measureClassifier(svc(), data);
  const { perClass } = state as { readonly perClass: Int32Array };
  return { ...measured, vectors: perClass.reduce((sum, count) => sum + count, 0) };
}
