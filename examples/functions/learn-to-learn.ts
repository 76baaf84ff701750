import { float32, type Tensor } from "athanor/core";
import { type GraphBuilder, type Value, valueAndGrad } from "athanor/onnx";
import { compile } from "athanor/runtime";

interface Line {
  readonly w: Value;
  readonly b: Value;
}

const error = (g: GraphBuilder, { w, b }: Line, x: Value, y: Value) =>
  g.reduceMean(g.pow(g.sub(g.add(g.mul(x, w), b), y), 2));

/** One step of gradient descent, as a function over trees of values. */
const descend = (g: GraphBuilder, line: Line, gradient: Line, rate: number): Line => ({
  w: g.sub(line.w, g.mul(gradient.w, rate)),
  b: g.sub(line.b, g.mul(gradient.b, rate)),
});

/** The error after one step from a start: its gradient goes through the step, and so through a gradient. */
const errorAfterStep = (g: GraphBuilder, start: Line, x: Value, y: Value) =>
  error(g, descend(g, start, valueAndGrad(error)(g, start, x, y).gradient, 0.05), x, y);

const learn = compile((g, start: Line, x: Value, y: Value) => {
  const { value, gradient } = valueAndGrad(errorAfterStep)(g, start, x, y);
  return { value, start: descend(g, start, gradient, 0.02) };
});

let start: { readonly w: Tensor; readonly b: Tensor } = { w: float32([0], []), b: float32([0], []) };
for (let i = 0; i < 300; i++) {
  const slope = [2, 3, 4][i % 3]!; // every task has another slope, and the same intercept
  const x = float32([-1, 0, 1, 2]);
  ({ start } = await learn(start, x, float32(x.data.map((each) => slope * each + 1))));
}

export const answer = [start.w.data[0], start.b.data[0]]; // near [3, 1]: in the middle of the tasks
