import { expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { constantTensor, numberOf } from "../constant-tensor.ts";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { openModel } from "../testing/run-model.ts";

const readings: readonly (readonly [name: string, read: (g: GraphBuilder, x: Value) => Value])[] = [
  ["Gather", (g, x) => g.gather(x, g.constant([2, 0, 2], "int64"))],
  ["GatherND", (g, x) => g.op("GatherND", [x, g.reshape(g.constant([2, 0, 2], "int64"), [3, 1])])],
  ["GatherElements", (g, x) => g.op("GatherElements", [x, g.constant([2, 0, 2], "int64")])],
  ["Compress", (g, x) => g.op("Compress", [x, g.constant([1, 0, 1], "bool")])],
];

for (const [name, read] of readings) {
  it(`adds half-precision gradients where ${name} read`, async () => {
    const slopes = async (dtype: "float16" | "float32") => {
      const g = new GraphBuilder();
      const x = g.input("x", dtype, [3]);
      const y = read(g, x);
      const [dx] = gradient(g, g.reduceSum(g.mul(y, y)), [x]);
      g.output("dx", dx!);
      const { dx: values } = await (await openModel(g.build()))({ x: constantTensor([1, 2, -3], dtype) });
      return [0, 1, 2].map((i) => numberOf(values!, i));
    };
    expect(await slopes("float16")).toEqual(await slopes("float32"));
  });
}
