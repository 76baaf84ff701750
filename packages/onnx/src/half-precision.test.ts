import { Tensor } from "@athanor/core";
import { expect, it } from "vitest";
import { constantTensor, numberOf } from "./constant-tensor.ts";
import { GraphBuilder } from "./graph/graph-builder.ts";
import { openModel } from "./testing/run-model.ts";

const numbers = [
  0,
  -0,
  1,
  -2.5,
  1 / 3,
  65_504,
  65_519,
  65_520,
  7e4,
  6e-8,
  2.9e-8,
  1e-5,
  1 + 2 ** -11,
  1 + 3 * 2 ** -11,
];

for (const dtype of ["float16", "bfloat16"] as const) {
  it(`writes numbers as the runtime does, and reads them: ${dtype}`, async () => {
    const constant = constantTensor(numbers, dtype);
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [numbers.length]);
    g.output("cast", g.cast(g.cast(x, dtype), "float32"));
    g.output("written", g.cast(g.constant(constant), "float32"));
    const feeds = { x: new Tensor("float32", Float32Array.from(numbers), [numbers.length]) };
    const { cast, written } = await (await openModel(g.build()))(feeds);
    expect(written!.data).toEqual(cast!.data);
    expect(numbers.map((_, i) => numberOf(constant, i))).toEqual(Array.from(cast!.data as Float32Array));
  });
}
