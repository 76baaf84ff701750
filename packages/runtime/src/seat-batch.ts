import { type Tensor, zeros } from "@athanor/core";
import { type Lengths, type Shapes, shapesAt, writeMask, writePadded } from "./step-inputs.ts";
import type { StepDefinition } from "./training-step.ts";

export type Batch = Readonly<Record<string, Tensor>>;

/** Memory for the batches of one graph: of what it is fed, and of what its build function declared besides. */
export function makeSeats(inputs: StepDefinition["inputs"], shapes: Shapes, batch: Batch): Record<string, Tensor> {
  const seats = Object.entries(inputs).map(([name, { dtype }]) => [
    name,
    zeros(dtype as "float32", shapes[name]!, { shared: true }),
  ]);
  const others = Object.entries(batch)
    .filter(([name]) => !(name in inputs))
    .map(([name, { dtype, shape }]) => [name, zeros(dtype as "float32", shape, { shared: true })]);
  return Object.fromEntries([...seats, ...others]);
}

/** Copies a batch into memory that a step reads, fills what is left with padding, and draws masks. */
export function seatBatch(
  seats: Readonly<Record<string, Tensor>>,
  inputs: StepDefinition["inputs"],
  { batch, lengths }: { readonly batch: Batch; readonly lengths: Lengths },
): void {
  const own = shapesAt(inputs, lengths);
  for (const [name, seat] of Object.entries(seats)) {
    const input = inputs[name];
    if (input?.isMask) writeMask(seat, own[name]!);
    else writePadded(seat, batch[name]!, input?.padding);
  }
}
