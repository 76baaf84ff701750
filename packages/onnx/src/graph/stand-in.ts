import type { Value } from "./built-node.ts";

const standIns = new WeakMap<Value, Value>();

/** Says that another value equals this one and is there anyway: graphs that are written again for a run read that. */
export const readInstead = (value: Value, other: Value): void => void standIns.set(value, other);

/** What is read in place of a value. */
export function standIn(value: Value): Value {
  const other = standIns.get(value);
  return other === undefined ? value : standIn(other);
}
