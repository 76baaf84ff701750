import { float32 } from "@athanor/core";
import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { readModel } from "../codec/read-model.ts";
import { writeModel } from "../codec/write-model.ts";
import { GraphBuilder } from "../graph/graph-builder.ts";
import { loadTensor } from "../stored-tensor.ts";
import { openModel } from "../testing/run-model.ts";
import { trainable } from "./trainable.ts";
import { withWeights } from "./with-weights.ts";

/** y = x w with a sparse w, as Python's onnx writes it: an initializer with places by one number, a Constant with two. */
const files = {
  initializer:
    "CAk6ggEKEQoBeAoBdxIBeSIGTWF0TXVsEgFnWhMKAXgSDgoMCAESCAoCCAIKAggEYhMKAXkSDgoMCAESCAoCCAIKAggDekAKFQgDEAFCAXdKDHnppj/mc3I/VfmhvxIjCAMQB0IDd19pShgGAAAAAAAAAAcAAAAAAAAACQAAAAAAAAAYBBgDQgQKABAR",
  constant:
    "CAk6twEKdRIBdyIIQ29uc3RhbnQqZgoMc3BhcnNlX3ZhbHVloAELsgFSChIIAxABSgx56aY/5nNyP1X5ob8SOAgDCAIQB0owAgAAAAAAAAAAAAAAAAAAAAIAAAAAAAAAAQAAAAAAAAADAAAAAAAAAAAAAAAAAAAAGAQYAwoRCgF4CgF3EgF5IgZNYXRNdWwSAWdaEwoBeBIOCgwIARIICgIIAgoCCARiEwoBeRIOCgwIARIICgIIAgoCCANCBAoAEBE=",
};
/** The weight, by rows. */
const expected = [
  "0.000",
  "0.000",
  "0.000",
  "0.000",
  "0.000",
  "0.000",
  "1.304",
  "0.947",
  "0.000",
  "-1.265",
  "0.000",
  "0.000",
];

it.each(Object.entries(files))("trains a sparse weight as a dense one (%s)", async (_, file) => {
  const bytes = new Uint8Array(Buffer.from(file, "base64"));
  const model = readModel(bytes);
  const g = GraphBuilder.from(model);
  expect(trainable(g).map(({ name, shape }) => [name, shape])).toEqual([["w", [4, 3]]]);
  expect(Array.from(loadTensor(g.initializers.get("w")!).data as Float32Array, (value) => value.toFixed(3))).toEqual(
    expected,
  );
  g.output("dw", gradient(g, g.reduceSum(g.value("y")), [g.value("w")])[0]!);
  const { dw } = await (await openModel(g.build()))({ x: float32([1, 2, 3, 4, 5, 6, 7, 8], [2, 4]) });
  expect(Array.from(dw!.data as Float32Array)).toEqual([6, 6, 6, 8, 8, 8, 10, 10, 10, 12, 12, 12]);

  const other = float32(new Float32Array(12).fill(2), [4, 3]);
  const saved = GraphBuilder.from(readModel(writeModel(withWeights(model, { w: other }))));
  expect(loadTensor(saved.initializers.get("w")!).data).toEqual(other.data);
  // Where no weight changes, the file's form stays.
  expect(readModel(writeModel(withWeights(model, {}))).graph.initializers.size).toBe(0);
});
