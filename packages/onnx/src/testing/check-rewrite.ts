import type { Tensor } from "@athanor/core";
import { expect } from "vitest";
import type { Model } from "../model.ts";
import type { Pass } from "../rewrite/pass.ts";
import { verify } from "../verify.ts";
import { openModel } from "./run-model.ts";

/** Another order of the same float32 sums agrees to this, for sums of at most a few hundred terms. */
const tolerance = 1e-5;

/** Operators of a model, in order, without the copies by which a builder names its outputs. */
export const operatorsOf = ({ graph }: Model): readonly string[] =>
  graph.nodes.map(({ op }) => op).filter((op) => op !== "Identity");

/** Rewrites a model, checks that it is still legal and computes the same, and returns it. */
export async function checkRewrite(
  before: Model,
  pass: Pass,
  feeds: Readonly<Record<string, Tensor>> = {},
  within = tolerance,
): Promise<Model> {
  verify(before);
  const after = await pass(before);
  verify(after);
  const [expected, actual] = [await (await openModel(before))(feeds), await (await openModel(after))(feeds)];
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, { dtype, shape, data }] of Object.entries(expected)) {
    expect([name, actual[name]!.dtype, actual[name]!.shape]).toEqual([name, dtype, shape]);
    for (const [k, value] of Array.from(data as ArrayLike<number | bigint>, Number).entries())
      expect(Math.abs(Number(actual[name]!.data[k]) - value), `${name}[${k}]`).toBeLessThanOrEqual(
        within * Math.max(1, Math.abs(value)),
      );
  }
  return after;
}
