import type { Network } from "../network.ts";

export interface MatrixFactorizationOptions {
  readonly users: number;
  readonly items: number;
  readonly factors: number;
  /** Where predictions start: the mean rating. */
  readonly mean: number;
  /** Share of factors masked out in training. */
  readonly dropoutRate?: number;
}

/**
 * rating = mean + bias of the user + bias of the item + their factors' product; inputs `user`, `item` int64 `[batch]`, output `[batch]`.
 *
 * @see Koren, Bell and Volinsky 2009, "Matrix factorization techniques for recommender systems"
 */
export function matrixFactorization({
  users,
  items,
  factors,
  mean,
  dropoutRate = 0,
}: MatrixFactorizationOptions): Network {
  return {
    name: "matrixFactorization",
    inputs: { user: { dtype: "int64", shape: [] }, item: { dtype: "int64", shape: [] } },
    parameters: {
      userFactors: { shape: [users, factors], init: "normal", scale: 0.05 },
      itemFactors: { shape: [items, factors], init: "normal", scale: 0.05 },
      userBias: { shape: [users], init: "zeros" },
      itemBias: { shape: [items], init: "zeros" },
    },
    buffers: {},
    build({ g, inputs: { user, item }, parameters: p, isTraining, mask, batch }) {
      const product = g.mul(g.gather(p.userFactors!, user!), g.gather(p.itemFactors!, item!));
      const kept =
        isTraining && dropoutRate > 0
          ? g.mul(product, g.mul(mask("factors", [batch, factors], 1 - dropoutRate), 1 / (1 - dropoutRate)))
          : product;
      const biases = g.add(g.gather(p.userBias!, user!), g.gather(p.itemBias!, item!));
      return g.add(g.add(g.reduceSum(kept, [1]), biases), mean);
    },
  };
}
