import type { Tensor } from "onnxruntime-node";
import { mapValues } from "../map-values.ts";
import type { ResidentBinding } from "../protocol.ts";
import type { KeptStates } from "./engine.ts";
import { type OpenOrt, toPlain } from "./open-ort.ts";

/** Keeps the states of a step on its device; a second graph reads them, for a tensor there cannot be read in another way. */
export function keepStates(
  { session, toOrt }: OpenOrt,
  reader: OpenOrt,
  { states: initial, moved }: ResidentBinding,
): KeptStates {
  const kept = new Set(Object.values(moved));
  let states = toOrt(initial);
  const replace = (next: Record<string, Tensor>) => {
    release(states);
    states = next;
  };
  return {
    async step(feeds) {
      const results = (await session.run({ ...toOrt(feeds), ...states })) as Record<string, Tensor>;
      replace(mapValues(moved, (output) => results[output]!));
      const others = Object.entries(results).filter(([name]) => !kept.has(name));
      return mapValues(Object.fromEntries(others), toPlain);
    },
    async read() {
      const results = (await reader.session.run(states)) as Record<string, Tensor>;
      return mapValues(moved, (output) => toPlain(results[output]!));
    },
    write: (given) => replace(toOrt(given)),
    async release() {
      release(states);
      await reader.release();
    },
  };
}

function release(states: Readonly<Record<string, Tensor>>): void {
  for (const tensor of Object.values(states)) if (tensor.location === "gpu-buffer") tensor.dispose();
}
