import { float64, type Tensor } from "@athanor/core";

export interface Recurrence {
  readonly direction?: "forward" | "reverse" | "bidirectional";
  readonly clip?: number;
  readonly lengths?: readonly number[];
  readonly isCoupled?: boolean;
  readonly resetsLate?: boolean;
  /** Activation of gates, of the update and of the output, those of the other direction behind. */
  readonly activations?: readonly ((x: number) => number)[] | undefined;
  readonly read?: "y" | "h" | "c";
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** LSTM, GRU and RNN by their definitions, one number at a time, in the standard's order of inputs. */
export const recurrence =
  (kind: "LSTM" | "GRU" | "RNN", options: Recurrence = {}) =>
  ([x, w, r, b, , h0, c0, p]: readonly (Tensor<"float64"> | undefined)[]): Tensor<"float64"> => {
    const [steps, batch, features] = x!.shape as [number, number, number];
    const [count, rows, hidden] = r!.shape as [number, number, number];
    const y = new Float64Array(steps * count * batch * hidden);
    const last = { h: new Float64Array(count * batch * hidden), c: new Float64Array(count * batch * hidden) };
    for (let d = 0; d < count; d++) {
      const { activations } = options;
      const own = { ...options, activations: activations?.slice((d * activations.length) / count) };
      for (let n = 0; n < batch; n++) {
        const start = (d * batch + n) * hidden;
        const initial = (state: Tensor<"float64"> | undefined) =>
          Array.from({ length: hidden }, (_, k) => state?.data[start + k] ?? 0);
        let [h, c] = [initial(h0), initial(c0)];
        const length = options.lengths?.[n] ?? steps;
        for (let i = 0; i < length; i++) {
          const t = options.direction === "reverse" || d === 1 ? length - 1 - i : i;
          const input = (row: number) => {
            let sum = b?.data[d * 2 * rows + row] ?? 0;
            for (let k = 0; k < features; k++)
              sum += w!.data[(d * rows + row) * features + k]! * x!.data[(t * batch + n) * features + k]!;
            return sum;
          };
          const state = (row: number, seen: readonly number[]) => {
            let sum = b?.data[d * 2 * rows + rows + row] ?? 0;
            for (let k = 0; k < hidden; k++) sum += r!.data[(d * rows + row) * hidden + k]! * seen[k]!;
            return sum;
          };
          const peephole = (gate: number, k: number) => p?.data[(d * 3 + gate) * hidden + k] ?? 0;
          [h, c] = cells[kind]({ input, state, peephole, h, c, hidden, options: own });
          for (let k = 0; k < hidden; k++) y[((t * count + d) * batch + n) * hidden + k] = h[k]!;
        }
        last.h.set(h, start);
        last.c.set(c, start);
      }
    }
    const states = [count, batch, hidden];
    const { read = "y" } = options;
    return read === "y" ? float64(y, [steps, count, batch, hidden]) : float64(last[read], states);
  };

interface CellInput {
  readonly input: (row: number) => number;
  readonly state: (row: number, seen: readonly number[]) => number;
  readonly peephole: (gate: number, k: number) => number;
  readonly h: readonly number[];
  readonly c: readonly number[];
  readonly hidden: number;
  readonly options: Recurrence;
}
type State = [h: number[], c: number[]];

const activate = (
  { clip = Number.POSITIVE_INFINITY, activations }: Recurrence,
  usual: readonly ((x: number) => number)[],
) => usual.map((fallback, i) => (x: number) => (activations?.[i] ?? fallback)(Math.min(Math.max(x, -clip), clip)));
const range = (length: number) => Array.from({ length }, (_, k) => k);

const cells: Readonly<Record<"LSTM" | "GRU" | "RNN", (cell: CellInput) => State>> = {
  RNN({ input, state, h, hidden, options }) {
    const [f] = activate(options, [Math.tanh]);
    return [range(hidden).map((k) => f!(input(k) + state(k, h))), []];
  },
  GRU({ input, state, h, hidden, options }) {
    const [f, g] = activate(options, [sigmoid, Math.tanh]);
    const z = range(hidden).map((k) => f!(input(k) + state(k, h)));
    const r = range(hidden).map((k) => f!(input(hidden + k) + state(hidden + k, h)));
    const reset = h.map((value, k) => value * r[k]!);
    const n = range(hidden).map((k) => {
      const row = 2 * hidden + k;
      return g!(input(row) + (options.resetsLate ? r[k]! * state(row, h) : state(row, reset)));
    });
    return [range(hidden).map((k) => (1 - z[k]!) * n[k]! + z[k]! * h[k]!), []];
  },
  LSTM({ input, state, peephole, h, c, hidden, options }) {
    const [f, g, out] = activate(options, [sigmoid, Math.tanh, Math.tanh]);
    const gate = (block: number, k: number) => input(block * hidden + k) + state(block * hidden + k, h);
    const i = range(hidden).map((k) => f!(gate(0, k) + peephole(0, k) * c[k]!));
    const forget = range(hidden).map((k) => (options.isCoupled ? 1 - i[k]! : f!(gate(2, k) + peephole(2, k) * c[k]!)));
    const next = range(hidden).map((k) => forget[k]! * c[k]! + i[k]! * g!(gate(3, k)));
    const o = range(hidden).map((k) => f!(gate(1, k) + peephole(1, k) * next[k]!));
    return [range(hidden).map((k) => o[k]! * out!(next[k]!)), next];
  },
};
