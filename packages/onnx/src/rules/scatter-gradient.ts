import type { GradientContext } from "../define-op.ts";
import type { Value } from "../graph/graph-builder.ts";
import { zerosLike } from "./zeros-like.ts";

export interface Scatter {
  readonly reduction: string;
  /** Reads a value at the indices. */
  gather(value: Value): Value;
  /** Writes updates into a target at the indices. */
  scatter(target: Value, updates: Value, reduction: string): Value;
}

/** Gradient of writing, adding, multiplying or taking the extremum of updates into a value at given indices. */
export function scatterGradient(
  { g, inputs: [x, , updates], outputs: [y], upstream: [dy], wants }: GradientContext<Record<never, never>>,
  { reduction, gather, scatter }: Scatter,
): readonly (Value | undefined)[] {
  if (reduction === "add") return [dy, undefined, wants(2) ? gather(dy!) : undefined];
  if (reduction === "none") {
    // The standard wants indices that differ here, so each update was written and is read where it stands.
    const kept = () => scatter(dy!, zerosLike(g, updates!), "none");
    return [wants(0) ? kept() : undefined, undefined, wants(2) ? gather(dy!) : undefined];
  }
  if (reduction === "mul") {
    // y = x Π u: dx = dy Π u, du = dy y / u
    const others = () => g.div(gather(g.mul(dy!, y!)), updates!);
    return [wants(0) ? scatter(dy!, updates!, "mul") : undefined, undefined, wants(2) ? others() : undefined];
  }
  // The winners of an extremum share its gradient evenly.
  const kept = g.cast(g.equal(x!, y!), dy!.dtype);
  const won = g.cast(g.equal(updates!, gather(y!)), dy!.dtype);
  const share = g.div(dy!, scatter(kept, won, "add"));
  return [wants(0) ? g.mul(kept, share) : undefined, undefined, wants(2) ? g.mul(won, gather(share)) : undefined];
}
