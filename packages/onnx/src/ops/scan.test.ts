import { describe, expect, it } from "vitest";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { checkOp } from "../testing/check-op.ts";
import { scan } from "./scan.ts";

const vector = ({ dtype }: Value) => ({ dtype, shape: [1, 2] });
/** h' = tanh(x W + h), which also collects h' h and x W. */
const cell = (g: GraphBuilder, [w]: readonly Value[]) =>
  g.body([vector(w!), vector(w!)], (inner, [h, x]) => {
    const seen = inner.matMul(x!, w!);
    const next = inner.tanh(inner.add(h!, seen));
    return [next, inner.mul(next, h!), seen];
  });
const captured = [{ shape: [2, 2] }];
const lossOf = [0, 1, 2];
const along = (attributes: Readonly<Record<string, unknown>>) => (g: GraphBuilder, outer: readonly Value[]) => ({
  body: cell(g, outer),
  num_scan_inputs: 1,
  ...attributes,
});

/** As above, but a flag of the outer graph chooses what the step does, and one branch loops over a row of the weight. */
const chosen = (g: GraphBuilder, [w, flag]: readonly Value[]) => ({
  num_scan_inputs: 1,
  body: g.body([vector(w!), vector(w!)], (inner, [h, x]) => {
    const then_branch = inner.body([], (deep) => [deep.tanh(deep.add(h!, deep.matMul(x!, w!)))]);
    const else_branch = inner.body([], (deep) => {
      const types = [{ dtype: "int64", shape: [] }, { dtype: "bool", shape: [] }, vector(w!)] as const;
      const body = deep.body(types, (deeper, [t, goesOn, state]) => [
        goesOn!,
        deeper.mul(deeper.add(state!, x!), deeper.gather(w!, t!)),
      ]);
      return [deep.op("Loop", [deep.constant(2, "int64"), undefined, h], { body })];
    });
    const next = inner.op("If", [flag], { then_branch, else_branch });
    return [next, inner.mul(next, next)];
  }),
});
const flag = (value: 0 | 1) => ({ shape: [], dtype: "bool" as const, values: [value] });

checkOp(scan, [
  ...([0, 1] as const).map((value) => ({
    title: `bodies in bodies, branch ${value}`,
    inputs: [{ shape: [1, 2] }, { shape: [3, 1, 2] }],
    captured: [{ shape: [2, 2] }, flag(value)],
    attributes: chosen,
    outputs: 2,
    lossOf: [0, 1],
  })),
  {
    title: "a sequence",
    inputs: [{ shape: [1, 2] }, { shape: [4, 1, 2] }],
    captured,
    attributes: along({}),
    outputs: 3,
    lossOf,
  },
  {
    title: "backwards",
    inputs: [{ shape: [1, 2] }, { shape: [3, 1, 2] }],
    captured,
    attributes: along({ scan_input_directions: [1], scan_output_directions: [0, 1] }),
    outputs: 3,
    lossOf,
  },
  {
    title: "other axes",
    inputs: [{ shape: [1, 2] }, { shape: [1, 3, 2] }],
    captured,
    attributes: along({ scan_input_axes: [1], scan_output_axes: [1, -1] }),
    outputs: 3,
    lossOf,
  },
  {
    title: "only what was collected",
    inputs: [{ shape: [1, 2] }, { shape: [3, 1, 2] }],
    captured,
    attributes: along({}),
    outputs: 3,
    lossOf: [1],
  },
  {
    title: "one step",
    inputs: [{ shape: [1, 2] }, { shape: [1, 1, 2] }],
    captured,
    attributes: along({}),
    outputs: 3,
    lossOf,
  },
]);

describe("Scan", () => {
  it("infers an open number of steps", () => {
    const g = new GraphBuilder();
    const [h, x, w] = [
      g.input("h", "float32", [1, 2]),
      g.input("x", "float32", ["steps", 1, 2]),
      g.input("w", "float32", [2, 2]),
    ];
    const outputs = g.ops("Scan", [h, x], along({})(g, [w]), { outputs: 3 });
    expect(outputs.map(({ shape }) => shape)).toEqual([
      [1, 2],
      ["steps", 1, 2],
      ["steps", 1, 2],
    ]);
  });
});
