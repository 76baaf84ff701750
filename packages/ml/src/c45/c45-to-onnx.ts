import { float32, float64 } from "@athanor/core";
import type { GraphBuilder, Value } from "@athanor/onnx";
import { batchOnes } from "../batch-ones.ts";
import { membershipToOnnx } from "../columns/categories.ts";
import { branchCount, type C45State } from "./c45-tree.ts";

/** A branch: what it takes, and where its level's and the level above's weights have it. */
interface Branch {
  readonly node: number;
  readonly parent: number;
  readonly feature: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The tree as operators, from float32 `[batch, features]` to float32 `[batch, classes]`.
 *
 * Fractions of rows do not fit the operator for trees. Level by level, a branch has the weight of the node above times 1 if the value
 * is the branch's, 0 if it is not, and the branch's share if it is missing; leaves add their class shares by their weights.
 */
export function c45ToOnnx(g: GraphBuilder, x: Value, state: C45State, classes: number): Value {
  const { feature, share, value } = state;
  const known = withoutUnknown(g, x, state);
  let [nodes, weights, sum]: [readonly number[], Value, Value | undefined] = [[0], batchOnes(g, x), undefined];
  while (nodes.length > 0) {
    const leaves = [...nodes.keys()].filter((place) => feature[nodes[place]!]! < 0);
    if (leaves.length > 0) {
      const shares = leaves.flatMap((place) => Array.from(value.subarray(nodes[place]! * classes).slice(0, classes)));
      const own = g.gather(weights, g.constant(leaves, "int64"), 1);
      const part = g.matMul(own, g.constant(float64(shares, [leaves.length, classes])));
      sum = sum ? g.add(sum, part) : part;
    }
    const branches = nodes.flatMap((node, parent) => branchesOf(state, node, parent));
    if (branches.length > 0) {
      const pick = (of: (branch: Branch) => number) => g.constant(branches.map(of), "int64");
      const limits = (of: (branch: Branch) => number) => g.constant(float32(branches.map(of)));
      const asked = g.gather(
        known,
        pick((branch) => branch.feature),
        1,
      );
      const taken = g.op("And", [
        g.op("GreaterOrEqual", [asked, limits(({ low }) => low)]),
        g.op("LessOrEqual", [asked, limits(({ high }) => high)]),
      ]);
      const fractions = g.constant(float64(branches.map(({ node }) => share[node]!)));
      const factors = g.where(g.op("IsNaN", [asked]), fractions, g.cast(taken, "float64"));
      weights = g.mul(
        g.gather(
          weights,
          pick(({ parent }) => parent),
          1,
        ),
        factors,
      );
    }
    nodes = branches.map(({ node }) => node);
  }
  return g.cast(sum!, "float32");
}

function branchesOf(state: C45State, node: number, parent: number): readonly Branch[] {
  const { categories, feature, threshold, child } = state;
  const asked = feature[node]!;
  if (asked < 0) return [];
  const limit = threshold[node]!;
  return Array.from({ length: branchCount(state, node) }, (_, branch) => {
    const [low, high] = Number.isNaN(limit)
      ? [categories[asked]![branch]!, categories[asked]![branch]!]
      : branch === 0
        ? [Number.NEGATIVE_INFINITY, limit]
        : [after(limit), Number.POSITIVE_INFINITY];
    return { node: child[node]! + branch, parent, feature: asked, low, high };
  });
}

/** The next larger single-precision number. */
function after(value: number): number {
  const bits = new Int32Array(1);
  const numbers = new Float32Array(bits.buffer);
  numbers[0] = value === 0 ? 0 : value;
  bits[0]! += value < 0 ? -1 : 1;
  return numbers[0]!;
}

/** Categories that training has not seen become missing. */
function withoutUnknown(g: GraphBuilder, x: Value, state: C45State): Value {
  const { categories } = state;
  const owners = categories.flatMap((own, j) => Array.from(own, () => j));
  if (owners.length === 0) return x;
  const sums = float32(
    owners.flatMap((owner) => categories.map((_, j) => Number(owner === j))),
    [owners.length, categories.length],
  );
  const isNumber = g.constant(float32(categories.map(({ length }) => Number(length === 0))));
  const isKnown = g.add(g.matMul(membershipToOnnx(g, x, state), g.constant(sums)), isNumber);
  return g.where(g.greater(isKnown, 0), x, g.constant(Number.NaN, "float32"));
}
