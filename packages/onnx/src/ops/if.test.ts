import { float32, float64, Tensor } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "../autodiff/gradient.ts";
import { GraphBuilder, type Value } from "../graph/graph-builder.ts";
import { checkOp } from "../testing/check-op.ts";
import { openModel } from "../testing/run-model.ts";
import { ifOp } from "./if.ts";

const branches = (g: GraphBuilder, [x, y]: readonly Value[]) => ({
  then_branch: g.body([], (inner) => [inner.mul(x!, y!)]),
  else_branch: g.body([], (inner) => [inner.exp(y!)]),
});
const nested = (g: GraphBuilder, [x, y, condition]: readonly Value[]) => ({
  then_branch: g.body([], (inner) => {
    const square = inner.mul(x!, x!);
    const within = {
      then_branch: inner.body([], (deep) => [deep.mul(square, y!)]),
      else_branch: inner.body([], (deep) => [deep.tanh(square)]),
    };
    return [inner.op("If", [condition], within)];
  }),
  else_branch: g.body([], () => [y!]),
});
const bool = (value: 0 | 1) => ({ shape: [], dtype: "bool" as const, values: [value] });
const flagOf = (value: boolean) => new Tensor("bool", Uint8Array.of(value ? 1 : 0), []);
const captured = [{ shape: [2, 3] }, { shape: [2, 3] }];

checkOp(ifOp, [
  { title: "the first branch", inputs: [bool(1)], captured, attributes: branches },
  { title: "the second branch", inputs: [bool(0)], captured, attributes: branches },
  { title: "a branch inside a branch", inputs: [bool(1)], captured: [...captured, bool(1)], attributes: nested },
  { title: "the other inner branch", inputs: [bool(1)], captured: [...captured, bool(0)], attributes: nested },
  { title: "a value handed through", inputs: [bool(0)], captured: [...captured, bool(0)], attributes: nested },
]);

describe("If", () => {
  const choice = (condition: (g: GraphBuilder) => Value) => {
    const g = new GraphBuilder();
    const x = g.input("x", "float64", [2]);
    g.output("y", g.op("If", [condition(g)], nested(g, [x, g.mul(x, 3), g.constant(1, "bool")])));
    return g.build();
  };

  it("is replaced by the branch taken when an imported condition is constant", async () => {
    const g = GraphBuilder.from(choice((inner) => inner.constant(1, "bool")));
    expect(g.nodes.map(({ definition }) => definition.name)).not.toContain("If");
    const [dx] = gradient(g, g.reduceSum(g.value("y")), [g.value("x")]);
    g.output("dx", dx!);
    const results = await (await openModel(g.build()))({ x: float64([1, 2]) });
    expect(Array.from(results.y!.data as Float64Array)).toEqual([3, 24]);
    expect(Array.from(results.dx!.data as Float64Array)).toEqual([9, 36]);
  });

  it("keeps nodes that only its branches read", async () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [2]);
    const flag = g.input("flag", "bool", []);
    const twice = g.mul(x, 2);
    const body = g.body([], (inner) => [inner.add(twice, 1)]);
    g.output("y", g.op("If", [flag], { then_branch: body, else_branch: g.body([], () => [x]) }));
    const results = await (await openModel(g.build()))({ x: float32([1, 2]), flag: flagOf(true) });
    expect(Array.from(results.y!.data as Float64Array)).toEqual([3, 5]);
  });

  it("makes lengths that differ between branches symbolic", () => {
    const g = new GraphBuilder();
    const x = g.input("x", "float32", [2, 3]);
    const flag = g.input("flag", "bool", []);
    const then_branch = g.body([], (inner) => [inner.concat([x, x], 0)]);
    const y = g.op("If", [flag], { then_branch, else_branch: g.body([], () => [x]) });
    expect(y.shape).toEqual(["if_0_0", 3]);
  });
});
