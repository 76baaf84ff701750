import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import type { Started, Step, StepGradient } from "./recurrent-cell.ts";
import { scanSteps } from "./scan-steps.ts";

export interface Walk {
  readonly g: GraphBuilder;
  readonly started: Started;
  readonly isReverse: boolean;
  /** Which sequences are not over at each step: `[steps, 1, batch]`, `undefined` when all go on. */
  readonly inTime: Value | undefined;
  readonly c0: Value | undefined;
  /** The cells that the steps saw, where they are known. */
  readonly cells: Value | undefined;
  readonly dy: Value | undefined;
  readonly dh: Value;
  readonly dc: Value | undefined;
}

/** What flows back through all steps; gate gradients are `[steps, gates × hidden, batch]`, states those before the first step. */
export type Walked = StepGradient;

/**
 * Walks back through the steps of a direction by a scan from the last step to the first, after another that computes the
 * cell states again where none were kept.
 */
export function walkSteps({ g, started, isReverse, inTime, c0, cells, dy, dh, dc }: Walk): Walked {
  const { sequences, step, ahead } = started;
  const masks = inTime ? [inTime] : [];
  const moving = ahead?.forth ?? {
    sequences,
    next: (inner: GraphBuilder, seen: readonly Value[], c: Value) => step(inner, seen, c).c!,
  };
  const cellsBefore = (c: Value) =>
    scanSteps(g, {
      states: [c],
      read: [...moving.sequences, ...masks],
      isBackwards: isReverse,
      step(inner, [before], seen) {
        const next = moving.next(inner, seen.slice(0, moving.sequences.length), before!);
        const isOn = inTime && seen.at(-1);
        return [isOn ? inner.where(isOn, next, before!) : next, before!];
      },
    })[1];
  const before = cells ?? (c0 && cellsBefore(c0));
  const walking =
    before && ahead
      ? ahead.back(before)
      : {
          sequences: [...sequences, ...(before ? [before] : [])],
          step: (inner: GraphBuilder, seen: readonly Value[]) =>
            step(inner, seen.slice(0, sequences.length), before && seen.at(-1)),
        };

  let collected: readonly ("input" | "recurrent" | "peepholes" | "reset")[] = [];
  const states = dc ? [dh, dc] : [dh];
  const results = scanSteps(g, {
    states,
    read: [...walking.sequences, ...masks, ...(dy ? [dy] : [])],
    isBackwards: !isReverse,
    step(inner, [h, c], read) {
      const given = read.values();
      const next = () => given.next().value!;
      const seen = walking.sequences.map(next);
      const isOn = inTime && next();
      const flow = stepBack(inner, walking.step(inner, seen), { isOn, dh: h!, dc: c, dy: dy && next() });
      const all = ["input", "recurrent", "peepholes", "reset"] as const;
      collected = all.filter((key) => flow[key] && !(key === "recurrent" && flow.recurrent === flow.input));
      return [flow.h, ...(dc ? [flow.c!] : []), ...collected.map((key) => flow[key]!)];
    },
  });
  const stackOf = (key: (typeof collected)[number]) =>
    collected.includes(key) ? results[states.length + collected.indexOf(key)] : undefined;
  const [input, reset, peepholes] = [stackOf("input")!, stackOf("reset"), stackOf("peepholes")];
  return {
    input,
    recurrent: stackOf("recurrent") ?? input,
    ...(reset ? { reset } : {}),
    peepholes: peepholes && g.reduceSum(peepholes, [0, 2]),
    h: results[0]!,
    c: dc && results[1],
  };
}

interface Arriving {
  readonly isOn: Value | undefined;
  readonly dh: Value;
  readonly dc: Value | undefined;
  readonly dy: Value | undefined;
}

/** Walks back through one step; what arrives at a sequence that is over passes it by. */
function stepBack(g: GraphBuilder, step: Step, { isOn, dh, dc, dy }: Arriving): StepGradient {
  const total = dy ? g.add(dh, dy) : dh;
  if (isOn === undefined) return step.back(total, dc);
  const within = (value: Value) => g.where(isOn, value, g.constant(0, value.dtype as "float32"));
  const flow = step.back(within(total), dc && within(dc));
  return { ...flow, h: g.where(isOn, flow.h, dh), c: dc && flow.c ? g.where(isOn, flow.c, dc) : flow.c };
}
