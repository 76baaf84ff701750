import { float32 } from "athanor/core";
import { type GraphBuilder, type Value, valueAndGrad } from "athanor/onnx";
import { compile } from "athanor/runtime";

const f = (g: GraphBuilder, a: Value, b: Value) => g.add(g.mul(a, b), g.pow(b, 3)); // ab + b³

const run = compile(valueAndGrad(f, { argnums: [0, 1] }));
const { value, gradient } = await run(float32([-4], []), float32([2], []));

export const answer = [value, ...gradient].map(({ data }) => data[0]); // [0, 2, 8]: df/da = b, df/db = a + 3b²
