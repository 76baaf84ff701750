import type { Tensor } from "@athanor/core";
import type { SeatMemory, Seats } from "./seat-memory.ts";
import { type Lengths, type Shapes, shapesAt, writeMask, writePadded } from "./step-inputs.ts";
import type { StepDefinition } from "./training-step.ts";

export type Batch = Readonly<Record<string, Tensor>>;

/** Memory for a batch: for what a graph is fed, and for what its build function declared besides. */
export function takeSeats(memory: SeatMemory, inputs: StepDefinition["inputs"], shapes: Shapes, batch: Batch): Seats {
  const own = Object.entries(inputs).map(([name, { dtype }]) => [name, { dtype, shape: shapes[name]! }]);
  const others = Object.entries(batch).filter(([name]) => !(name in inputs));
  return memory.take(Object.fromEntries([...own, ...others]));
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
