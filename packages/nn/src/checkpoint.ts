import { AthanorError, float32, type Tensor } from "@athanor/core";
import type { AccumulatedGradients, StepSnapshot } from "@athanor/runtime";
import type { EpochReport } from "./fit-options.ts";
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
  const { orders, accumulated } = snapshot;
  const shapesOf = (tensors: FloatTensors) => Object.entries(tensors).map(([name, { shape }]) => [name, shape]);
  const tensors = [snapshot.states, accumulated?.gradients ?? {}, best?.weights ?? {}].flatMap(
    Object.entries<Tensor<"float32">>,
  );
  const header = {
    identity,
    step: snapshot.step,
    states: shapesOf(snapshot.states),
    orders,
    accumulated: accumulated && {
      count: accumulated.count,
      gradients: shapesOf(accumulated.gradients),
      rows: Object.entries(accumulated.rows).map(([name, rows]) => [name, Array.from(rows)]),
    },
    best: best && {
      epoch: best.epoch,
      score: best.score,
      weights: shapesOf(best.weights),
    },
    history,
  };
  const text = `${magic}${JSON.stringify(header, withNames)}`;
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
  const { identity, step, states, orders, accumulated, best, history } = JSON.parse(
    decoder.decode(bytes.subarray(magic.length, end)),
    withNumbers,
  );
  let at = end + 1;
  const take = (names: Shapes): FloatTensors =>
    Object.fromEntries(
      names.map(([name, shape]): [string, Tensor<"float32">] => {
        const length = shape.reduce((product, each) => product * each, 1);
        const data = new Float32Array(Uint8Array.from(bytes.subarray(at, at + 4 * length)).buffer);
        at += 4 * length;
        return [name, float32(data, shape)];
      }),
    );
  const snapshot = {
    step,
    states: take(states),
    ...(orders ? { orders } : {}),
    ...(accumulated ? { accumulated: readSums(accumulated, take) } : {}),
  };
  return {
    identity,
    snapshot,
    best: best && { epoch: best.epoch, score: best.score, weights: take(best.weights) },
    history,
  };
}

/** Numbers that JSON has no words for; a loss or a score may be one. */
const unwritable: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};
const withNames = (_: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isFinite(value) ? { number: String(value) } : value;
const withNumbers = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && "number" in value && typeof value.number === "string"
    ? unwritable[value.number]
    : value;

type Shapes = readonly (readonly [string, readonly number[]])[];

function readSums(
  {
    count,
    gradients,
    rows,
  }: { count: number; gradients: Shapes; rows: readonly (readonly [string, readonly number[]])[] },
  take: (names: Shapes) => FloatTensors,
): AccumulatedGradients {
  const lists = rows.map(([name, list]) => [name, Int32Array.from(list)]);
  return { count, gradients: take(gradients), rows: Object.fromEntries(lists) };
}
