import { expect, it } from "vitest";
import { kNeighborsClassifier, randomForestClassifier, ridge } from "./estimators/index.ts";
import { matrixFrom } from "./matrix.ts";
import { pipeline } from "./pipeline.ts";
import { pca, selectKBest, simpleImputer, standardScaler } from "./preprocessing/index.ts";
import { checkEstimator } from "./testing/check-estimator.ts";

checkEstimator(
  ({ seed }) =>
    pipeline([
      simpleImputer({ strategy: "constant", fillValue: -5 }),
      selectKBest({ k: 3 }),
      randomForestClassifier({ nTrees: 20, seed }),
    ]),
  { countsRows: true },
);
checkEstimator(({ seed }) => pipeline([standardScaler(), pca(), ridge({ seed })]), { countsRows: true });

it("predicts as its steps do one after the other", async () => {
  const [x, labels] = [
    matrixFrom([
      [1, 500],
      [2, 100],
      [8, 300],
      [9, 200],
    ]),
    ["a", "a", "b", "b"],
  ];
  const estimator = kNeighborsClassifier({ nNeighbors: 1 });
  const scaler = await standardScaler().fit(x);
  const unseen = matrixFrom([
    [3, 320],
    [7, 120],
  ]);
  const model = await pipeline([standardScaler(), estimator]).fit(x, labels);
  expect(model.predict(unseen)).toEqual(
    (await estimator.fit(scaler.transform(x), labels)).predict(scaler.transform(unseen)),
  );
});

it("refuses a step that needs labels before a regressor", async () => {
  const model = pipeline([selectKBest({ score: "chi2" }), ridge()]);
  await expect(model.fit(matrixFrom([[1], [2]]), [1, 2])).rejects.toMatchObject({ code: "ml/no-labels" });
});
