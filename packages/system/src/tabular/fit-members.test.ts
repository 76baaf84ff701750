import { float32, Random } from "@athanor/core";
import { GraphBuilder, writeModel } from "@athanor/onnx";
import { openSession } from "@athanor/runtime";
import { expect, it } from "vitest";
import { fitMembers } from "./fit-members.ts";

const random = Random.from(4);
const x = float32(
  Float32Array.from({ length: 120 }, () => random.normal()),
  [60, 2],
);
const labels = Array.from({ length: 60 }, (_, row) => (x.data[2 * row]! > x.data[2 * row + 1]! ? "over" : "under"));

it("lets members of the same kinds vote in one graph", async () => {
  const members = [
    { family: "logistic", recipe: [{ name: "logisticRegression", options: { c: 1 } }], weight: 0.4 },
    { family: "logistic", recipe: [{ name: "logisticRegression", options: { c: 0.1 } }], weight: 0.3 },
    { family: "neighbors", recipe: [{ name: "kNeighborsClassifier", options: { nNeighbors: 3 } }], weight: 0.2 },
    { family: "neighbors", recipe: [{ name: "kNeighborsClassifier", options: { nNeighbors: 9 } }], weight: 0.1 },
  ];
  const model = await fitMembers(members, x, labels, {});
  const g = new GraphBuilder();
  g.output("probabilities", model.toOnnx(g, g.input("x", "float32", ["batch", 2])));
  await using session = await openSession(writeModel(g.build()));
  const { probabilities } = await session.run({ x });
  for (const [i, value] of model.predict(x).entries()) expect(probabilities!.data[i]).toBeCloseTo(value, 5);
});
