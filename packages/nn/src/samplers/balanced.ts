import { AthanorError } from "@athanor/core";
import type { Sampler } from "../sampler.ts";

/**
 * Each class equally often, in epochs of as many rows as there are: rows of a rare class come several times, none again before all
 * of its class came. `labels` has one for each row.
 */
export function balanced(labels: ArrayLike<number | bigint | string>): Sampler & { readonly labels: typeof labels } {
  const rows = new Map<number | bigint | string, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const own = rows.get(labels[i]!);
    if (own) own.push(i);
    else rows.set(labels[i]!, [i]);
  }
  return {
    name: "balanced",
    labels,
    order(count, random) {
      if (labels.length !== count) {
        throw new AthanorError("nn/sampler", `balanced: expected ${count} labels, got ${labels.length}`, {
          fix: "Give one label for each row.",
        });
      }
      // Which classes have one row more than the others changes from epoch to epoch.
      const classes = random.shuffle([...rows.values()]);
      const order = new Uint32Array(count);
      let at = 0;
      for (const [k, own] of classes.entries()) {
        const wanted = Math.floor(count / classes.length) + (k < count % classes.length ? 1 : 0);
        let turn: Uint32Array = new Uint32Array(0);
        for (let i = 0; i < wanted; i++) {
          if (i % own.length === 0) turn = random.permutation(own.length);
          order[at++] = own[turn[i % own.length]!]!;
        }
      }
      return random.shuffle(order);
    },
  };
}
