import { AthanorError, type Tensor, type TensorData } from "@athanor/core";
import { showShape } from "@athanor/onnx";
import type { StepInput } from "./training-step.ts";

export type Shapes = Readonly<Record<string, readonly number[]>>;
/** Lengths of named axes. */
export type Lengths = Readonly<Record<string, number>>;
/** For a named axis, the lengths that graphs are compiled for; batches between them are padded. */
export type Buckets = Readonly<Record<string, readonly number[] | "powers of two">>;

type Inputs = Readonly<Record<string, StepInput>>;
type Batch = Readonly<Record<string, Tensor>>;

/**
 * The lengths of the named axes of a batch.
 *
 * @throws `runtime/input` for an input that is missing or does not fit its declaration, or the other inputs
 */
export function lengthsOf(inputs: Inputs, batch: Batch): Lengths {
  const lengths: Record<string, number> = {};
  for (const [name, { dtype, shape, isMask }] of Object.entries(inputs)) {
    if (isMask) continue;
    const given = batch[name];
    const fits =
      given?.dtype === dtype &&
      given.shape.length === shape.length &&
      shape.every((length, axis) => {
        const actual = given.shape[axis]!;
        return actual === (typeof length === "number" ? length : (lengths[length] ??= actual));
      });
    if (fits) continue;
    const expected = showShape(
      shape.map((length) => (typeof length === "number" ? length : (lengths[length] ?? length))),
    );
    const got = given === undefined ? "nothing" : `${given.dtype} ${showShape(given.shape)}`;
    throw new AthanorError(
      "runtime/input",
      `TrainingStep: expected the input ${name} to be ${dtype} ${expected}, got ${got}`,
      { fix: `Give ${name} with that type and shape.`, details: { input: name, dtype, shape } },
    );
  }
  return lengths;
}

/** @throws `runtime/bucket` for a length that is larger than every bucket */
export function bucketed(lengths: Lengths, buckets: Buckets): Lengths {
  return Object.fromEntries(
    Object.entries(lengths).map(([axis, length]) => [axis, bucketOf(axis, length, buckets[axis])]),
  );
}

function bucketOf(axis: string, length: number, buckets: Buckets[string] | undefined): number {
  if (buckets === undefined) return length;
  if (buckets === "powers of two") return 2 ** Math.ceil(Math.log2(Math.max(1, length)));
  const fitting = buckets.filter((bucket) => bucket >= length);
  if (fitting.length > 0) return Math.min(...fitting);
  throw new AthanorError(
    "runtime/bucket",
    `TrainingStep: expected ${axis} to be at most ${Math.max(...buckets)}, the largest bucket, got ${length}`,
    { fix: `Cut the batch, or add a bucket for ${axis}.`, details: { axis, length, buckets } },
  );
}

/** @throws `runtime/input` for a mask over an axis that no input has */
export const shapesAt = (inputs: Inputs, lengths: Lengths): Shapes =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, { shape }]) => [
      name,
      shape.map((length) => {
        if (typeof length === "number") return length;
        if (lengths[length] !== undefined) return lengths[length];
        throw new AthanorError(
          "runtime/input",
          `TrainingStep: expected an input with the axis ${length}, got only the mask ${name}`,
          {
            fix: "Name axes of masks as those of the inputs that they are over.",
            details: { input: name, axis: length },
          },
        );
      }),
    ]),
  );

/** Copies a tensor into the corner of one at least as large; the rest takes the padding. */
export function writePadded(target: Tensor, source: Tensor, padding = 0): void {
  const to = target.data as Float32Array;
  const from = source.data as Float32Array;
  if (to.length === from.length) {
    to.set(from);
    return;
  }
  to.fill(paddingOf(target, padding) as number);
  eachRow(target.shape, source.shape, (at, begin, end) => to.set(from.subarray(begin, end), at));
}

/** Writes 1 into the corner of the given shape, and 0 around it. */
export function writeMask(target: Tensor, shape: readonly number[]): void {
  const to = target.data as Float32Array;
  to.fill(paddingOf(target, 0) as number);
  const one = paddingOf(target, 1) as number;
  eachRow(target.shape, shape, (at, begin, end) => to.fill(one, at, at + end - begin));
}

const paddingOf = ({ data }: { readonly data: TensorData }, value: number): number | bigint =>
  data instanceof BigInt64Array || data instanceof BigUint64Array ? BigInt(value) : value;

/** Calls with the place in the larger tensor of each row of the smaller one, which goes from `begin` to `end`. */
function eachRow(
  outer: readonly number[],
  inner: readonly number[],
  visit: (at: number, begin: number, end: number) => void,
): void {
  const width = inner.at(-1) ?? 1;
  const rows = inner.slice(0, -1).reduce((product, length) => product * length, 1);
  for (let row = 0; row < rows; row++) {
    let [rest, stride, at] = [row, outer.at(-1) ?? 1, 0];
    for (let axis = inner.length - 2; axis >= 0; axis--) {
      at += (rest % inner[axis]!) * stride;
      rest = Math.floor(rest / inner[axis]!);
      stride *= outer[axis]!;
    }
    visit(at, row * width, (row + 1) * width);
  }
}
