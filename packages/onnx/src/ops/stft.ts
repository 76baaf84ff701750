import type { Tensor } from "@athanor/core";
import { integersOf } from "../constant-tensor.ts";
import { defineOp, int } from "../define-op.ts";
import type { Dim, ValueType } from "../model.ts";
import { alongAxis, transposed } from "../rules/along-axis.ts";
import { fourierMatrix } from "../rules/fourier.ts";
import { shapeError, staticShape } from "../shapes.ts";

export const stft = defineOp({
  name: "STFT",
  attributes: { onesided: int(1) },
  inputs: [2, 4],
  infer({ inputs: [signal, , window], attributes: { onesided }, constant }) {
    if (signal!.shape === undefined) return [signal!];
    const { step, length } = framesOf(window, constant);
    if (step === undefined || length === undefined) return [{ dtype: signal!.dtype, shape: undefined }];
    const [batch, samples] = signal!.shape as [Dim, Dim];
    const frames = typeof samples === "number" ? Math.floor((samples - length) / step) + 1 : `${samples}_frames`;
    return [{ dtype: signal!.dtype, shape: [batch, frames, onesided ? Math.floor(length / 2) + 1 : length, 2] }];
  },
  // Frames are gathered, weighed by the window and transformed by one constant matrix.
  decompose({ g, inputs: [signal, , window], outputs: [y], constant }) {
    const { step, length } = framesOf(window, constant);
    if (step === undefined || length === undefined) throw shapeError("STFT", "a constant step and length", signal);
    const [batch, frames, bins] = staticShape("STFT", y!) as [number, number, number];
    const parts = signal!.shape[2] === 2 ? 2 : 1;
    const places = Array.from({ length: frames * length }, (_, i) => Math.floor(i / length) * step + (i % length));
    const cut = g.reshape(g.gather(signal!, g.constant(places, "int64"), 1), [batch, frames, length, parts]);
    const weighed = window ? g.mul(cut, g.reshape(window, [length, 1])) : cut;
    const matrix = transposed(fourierMatrix(length, parts, length, bins, false));
    return [g.reshape(alongAxis(g, g.reshape(weighed, [batch, frames, length * parts]), 2, matrix), y!.shape)];
  },
});

function framesOf(window: ValueType | undefined, constant: (input: number) => Tensor | undefined) {
  const [step, given] = [constant(1), constant(3)];
  const own = window?.shape?.[0];
  return {
    step: step && integersOf(step)[0],
    length: given ? integersOf(given)[0] : typeof own === "number" ? own : undefined,
  };
}
