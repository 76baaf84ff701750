import { AthanorError, float32, type Tensor } from "@athanor/core";
import type { StepSnapshot } from "@athanor/runtime";
import type { EpochReport } from "./fit.ts";
import type { FloatTensors } from "./initialize.ts";

/** Everything that training needs to go on as if it had not stopped. */
export interface Checkpoint {
  /** Hash of the network, the data's shape and the options; a checkpoint of another training is not used. */
  readonly identity: string;
  readonly snapshot: StepSnapshot;
  readonly best: { readonly epoch: number; readonly score: number; readonly weights: FloatTensors } | undefined;
  readonly history: readonly EpochReport[];
}

const [newline, space] = [10, 32];
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const magic = "athanor-checkpoint-1\n";

/** Writes a checkpoint: a line of JSON with names and shapes, then the numbers. */
export function writeCheckpoint({ identity, snapshot, best, history }: Checkpoint): Uint8Array {
  const tensors = [...Object.entries(snapshot.states), ...Object.entries(best?.weights ?? {})];
  const header = {
    identity,
    step: snapshot.step,
    states: Object.entries(snapshot.states).map(([name, { shape }]) => [name, shape]),
    best: best && {
      epoch: best.epoch,
      score: best.score,
      weights: Object.entries(best.weights).map(([name, { shape }]) => [name, shape]),
    },
    history,
  };
  const text = `${magic}${JSON.stringify(header)}`;
  const head = encoder.encode(text);
  // The numbers are aligned for whoever views them.
  const start = Math.ceil((head.length + 1) / 4) * 4;
  const bytes = new Uint8Array(tensors.reduce((length, [, { data }]) => length + data.byteLength, start));
  bytes.set(head);
  bytes.fill(space, head.length, start - 1);
  bytes[start - 1] = newline;
  let at = start;
  for (const [, { data }] of tensors) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/** @throws `nn/checkpoint` when the bytes are not a checkpoint */
export function readCheckpoint(bytes: Uint8Array): Checkpoint {
  const end = bytes.indexOf(newline, magic.length);
  if (decoder.decode(bytes.subarray(0, magic.length)) !== magic || end < 0) {
    throw new AthanorError("nn/checkpoint", "Checkpoint: expected bytes that fit wrote, got something else", {
      fix: "Remove it and train from the start.",
    });
  }
  const { identity, step, states, best, history } = JSON.parse(decoder.decode(bytes.subarray(magic.length, end)));
  let at = end + 1;
  const take = (names: readonly (readonly [string, readonly number[]])[]): FloatTensors =>
    Object.fromEntries(
      names.map(([name, shape]): [string, Tensor<"float32">] => {
        const length = shape.reduce((product, each) => product * each, 1);
        const data = new Float32Array(Uint8Array.from(bytes.subarray(at, at + 4 * length)).buffer);
        at += 4 * length;
        return [name, float32(data, shape)];
      }),
    );
  const snapshot = { step, states: take(states) };
  return {
    identity,
    snapshot,
    best: best && { epoch: best.epoch, score: best.score, weights: take(best.weights) },
    history,
  };
}
