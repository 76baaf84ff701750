import { expect, it } from "vitest";
import { logisticRegression } from "../estimators/index.ts";
import { matrixFrom } from "../matrix.ts";
import { pipeline } from "../pipeline.ts";
import { recipeOf } from "../recipe-step.ts";
import { estimatorOf } from "../search/recipe.ts";
import { checkTransformer } from "../testing/check-transformer.ts";
import { columnTransformer } from "./column-transformer.ts";
import { oneHotEncoder } from "./one-hot-encoder.ts";
import { simpleImputer } from "./simple-imputer.ts";
import { standardScaler } from "./standard-scaler.ts";

const make = () =>
  columnTransformer([
    { columns: [0, 1], with: [simpleImputer(), standardScaler()] },
    { columns: [0], with: [oneHotEncoder({ maxCategories: 3 })] },
    { columns: [], with: [standardScaler()] },
  ]);
const rows = Array.from({ length: 12 }, (_, i) => [i % 3, i, -i]);
const labels = rows.map(([a]) => String(a === 1));

checkTransformer(({ seed }) =>
  columnTransformer([
    { columns: [0], with: [oneHotEncoder({ seed })] },
    { columns: [0], with: [simpleImputer({ seed }), standardScaler({ seed })] },
  ]),
);

it("puts the results side by side, and drops what no part names", async () => {
  const model = await make().fit(matrixFrom(rows));
  expect(model.featureNames(["a", "b", "c"])).toEqual(["a", "b", "a=0", "a=1", "a=2"]);
  expect(Array.from(model.transform(matrixFrom([[1, 5.5, 0]])).data)).toEqual([0, 0, 0, 1, 0]);
});

it("crosses threads as plain data", async () => {
  const recipe = JSON.parse(JSON.stringify(recipeOf(pipeline([make(), logisticRegression()]))));
  const model = await estimatorOf(recipe).fit(matrixFrom(rows), labels as never);
  expect(model.predict(matrixFrom(rows))).toEqual(labels);
});

it("refuses no column, and one that is not there", async () => {
  expect(() => columnTransformer([])).toThrow(expect.objectContaining({ code: "ml/no-features" }));
  await expect(columnTransformer([{ columns: [7], with: [] }]).fit(matrixFrom(rows))).rejects.toThrow(
    /at least 8 features, got 3/,
  );
});
