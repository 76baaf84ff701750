import type { ClassifierEstimator } from "@athanor/ml";
import { type Measured, type Parted, secondsOf } from "./beside-scikit-learn.ts";

/** Fits once and predicts the rows set apart. */
export async function measureClassifier(
  estimator: ClassifierEstimator,
  { x, y, testX, testY }: Parted,
): Promise<Measured & { readonly state: unknown }> {
  // Names that sort as their numbers do.
  const name = (k: number) => String(k).padStart(3, "0");
  const labels = Array.from(y, name);
  const [fit, model] = await secondsOf(() => estimator.fit(x, labels));
  const [predict, predicted] = await secondsOf(() => model.predict(testX));
  const score = predicted.filter((label, row) => label === name(testY[row]!)).length / testY.length;
  return { fit, predict, score, state: model.state };
}
