import { golden } from "./check-golden.ts";

type Recorded = Readonly<Record<"positive" | "truth" | "predicted", readonly number[]>> &
  Readonly<Record<string, number & readonly number[] & readonly (readonly number[])[]>>;

/** What scikit-learn's metrics gave, recorded by `golden/record/scores.py`, with the samples as metrics take them. */
export function scored() {
  const recorded = golden<Recorded>("scores");
  return {
    recorded,
    truth: recorded.truth.map(String),
    predicted: recorded.predicted.map(String),
    isPositive: recorded.positive.map(Boolean),
  };
}
