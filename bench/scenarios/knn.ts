import { float32 } from "@athanor/core";
import { kNeighborsClassifier } from "@athanor/ml";
import { besideScikitLearn, type Parted } from "../beside-scikit-learn.ts";
import { measureClassifier } from "../measure-classifier.ts";
import { readDigits } from "../read-idx.ts";

const [stored, asked] = [50_000, 10_000];

/** Exact neighbours of digits in 784 dimensions, beside scikit-learn's comparison of all pairs. */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const { images, labels } = readDigits(stored + asked);
  const part = (from: number, to: number) => ({
    x: float32(images.slice(784 * from, 784 * to), [to - from, 784]),
    y: Int32Array.from(labels.subarray(from, to), Number),
  });
  const [train, test] = [part(0, stored), part(stored, stored + asked)];
  const data: Parted = { ...train, testX: test.x, testY: test.y };
  const options = { n_neighbors: 5, algorithm: "brute" };
  const ours = (data: Parted) => measureClassifier(kNeighborsClassifier({ nNeighbors: 5 }), data);
  return besideScikitLearn([{ name: "knn", title: "digits", pairs: 3, options, data, ours }], log);
}
