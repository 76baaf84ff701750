import { AthanorError } from "@athanor/core";

/** What a number given as an option must be. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  /** Leaves `min` itself out. */
  readonly above?: boolean;
  readonly whole?: boolean;
}

/**
 * Checks numbers given as options, by name.
 *
 * @throws `mining/option`
 */
export function checkOptions(owner: string, options: Readonly<Record<string, readonly [number, Bounds]>>): void {
  for (const [
    name,
    [value, { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, above, whole }],
  ] of Object.entries(options)) {
    if ((above ? value > min : value >= min) && value <= max && (!whole || Number.isInteger(value))) continue;
    const low = min === Number.NEGATIVE_INFINITY ? "" : above ? ` above ${min}` : ` of at least ${min}`;
    const high = max === Number.POSITIVE_INFINITY ? "" : `${low && " and"} at most ${max}`;
    throw new AthanorError(
      "mining/option",
      `${owner}: expected ${name} to be a ${whole ? "whole " : ""}number${low}${high}, got ${value}`,
      { fix: `Give ${name} a value in that range.`, details: { option: name, value } },
    );
  }
}
