import { AthanorError } from "@athanor/core";

/**
 * Checks that a series is long enough and all finite.
 *
 * @throws `mining/series`
 */
export function checkSeries(owner: string, values: Float64Array, least: number): void {
  const infinite = values.findIndex((value) => !Number.isFinite(value));
  if (values.length >= least && infinite < 0) return;
  const got = infinite >= 0 ? `${values[infinite]} at position ${infinite}` : `${values.length} values`;
  throw new AthanorError("mining/series", `${owner}: expected at least ${least} finite values in order, got ${got}`, {
    fix: "Fill gaps first, for example with the value before, or give a longer series.",
    details: { length: values.length, least },
  });
}
