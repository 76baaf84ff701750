import type { Optimizer } from "@athanor/runtime";

/** Cuts each number of a gradient to `[−limit, limit]` before it moves its parameter. */
export const clipValues = (optimizer: Optimizer, { limit }: { readonly limit: number }): Optimizer => ({
  ...optimizer,
  name: `clipValues(${limit}, ${optimizer.name})`,
  update: (g, it) => optimizer.update(g, { ...it, gradient: g.max(g.min(it.gradient, limit), -limit) }),
});
