import { float64 } from "athanor/core";
import { type GraphBuilder, grad, type Value } from "athanor/onnx";
import { compile } from "athanor/runtime";

/** Rosenbrock's valley, (1 − x₀)² + 100 (x₁ − x₀²)². */
const valley = (g: GraphBuilder, x: Value) => {
  const [a, b] = [0, 1].map((i) => g.gather(x, g.constant(i, "int64"))) as [Value, Value];
  return g.add(g.pow(g.sub(1, a), 2), g.mul(100, g.pow(g.sub(b, g.mul(a, a)), 2)));
};

/** The Hessian times a vector, without the Hessian: the gradient of ∇f(x) · v. */
const hessianProduct = (g: GraphBuilder, x: Value, v: Value) =>
  grad((inner, at: Value) => inner.reduceSum(inner.mul(grad(valley)(inner, at), v)))(g, x);

const run = compile(hessianProduct);

export const answer = await Promise.all(
  [float64([1, 0]), float64([0, 1])].map(async (v) => [...(await run(float64([1, 1]), v)).data]),
); // [[802, -400], [-400, 200]]
