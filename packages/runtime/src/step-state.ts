import { inSlices, type Slices, Tensor, zeros } from "@athanor/core";
import type { Both } from "./bind-step.ts";
import { type InitialState, tensorOf } from "./optimizer.ts";
import { reordered, undone, writeReordered } from "./parameter-layout.ts";
import { type StepPlacement, toPlain } from "./protocol.ts";
import { type ParameterPlans, statesInGraph } from "./read-optimizer.ts";
import type { AccumulatedGradients, FloatTensors, StepDefinition, StepSnapshot } from "./training-step.ts";
import { type PlacedParameter, type PlacedParameters, placeParameters } from "./update/place-parameters.ts";

/** By parameter: the axis of the parameter that each axis of what the graphs take is. */
export type Orders = Readonly<Record<string, readonly number[]>>;

/** Parameters, optimizer state and buffers in shared memory, which all graphs of a step read and write. */
export interface StepState {
  readonly orders: Orders;
  readonly placed: PlacedParameters | undefined;
  /** Two versions of what graphs move: by each run, and by each update. */
  readonly moved: Readonly<Record<string, Both>>;
  readonly updated: Readonly<Record<string, Both>>;
  /** What graphs tell the kernels to multiply gradients by. */
  readonly scale: Tensor<"float32">;
  /** Squares of the gradients of tables, for a graph that reads them. */
  readonly squares: Tensor<"float32">;
  /** Writes what the states start as; before, all is zero. */
  fill(): Promise<void>;
  snapshot(at: Counts): StepSnapshot;
  restore(snapshot: StepSnapshot): void;
}

/** Updates made, and batches whose gradients wait for the next. */
export interface Counts {
  readonly step: number;
  readonly held: number;
}

/** Which version of the states a run reads. */
export const parityOf = ({ step, held }: Counts, accumulate: number) =>
  ({ moved: ((step * accumulate + held) % 2) as 0 | 1, held: (step % 2) as 0 | 1 }) as const;

export interface PlacingOptions {
  readonly orders: Orders;
  readonly accumulate: number;
  /** Whether gradients of all parameters are kept for updates that come after the graph. */
  readonly isDeferred: boolean;
}

/** @throws `runtime/too-large` */
export function placeState(
  definition: StepDefinition,
  plans: ParameterPlans,
  { orders, accumulate, isDeferred }: PlacingOptions,
): StepState {
  const { parameters, buffers = {}, sparse = [] } = definition;
  const laidOut = Object.entries(plans).flatMap(([name, { program }]): (readonly [string, PlacedParameter])[] => {
    const { shape } = parameters[name]!;
    const order = orders[name] ?? [...shape.keys()];
    return program || isDeferred ? [[name, { program, shape: order.map((axis) => shape[axis]!) }]] : [];
  });
  const placed = placeParameters(Object.fromEntries(laidOut), { sparse, accumulate });
  const moved = twice(buffers);
  const updated = twice(statesInGraph(definition, plans));
  const initial = startOf(definition, plans);
  /** A slot, `NAME.SLOT`, lies as its parameter does. */
  const orderOf = (state: string) => orders[state in plans ? state : state.slice(0, state.lastIndexOf("."))];
  const [scale, squares] = [zeros("float32", [], { shared: true }), zeros("float32", [], { shared: true })];
  const isTable = (name: string) => sparse.includes(name);

  const accumulated = (count: number): AccumulatedGradients => {
    const rows = Object.fromEntries(
      Object.entries(placed?.touched ?? {}).map(([name, touched]) => [name, touchedRows(touched)]),
    );
    const gradients = Object.entries(placed?.gradients ?? {}).map(([name, sum]) => [
      name,
      isTable(name) ? rowsOf(sum, rows[name]!) : inFirstOrder(sum, orders[name]),
    ]);
    return { count, rows, gradients: Object.fromEntries(gradients) };
  };
  const restoreSums = ({ gradients, rows }: AccumulatedGradients) => {
    for (const [name, sum] of Object.entries(placed?.gradients ?? {})) {
      if (isTable(name)) writeRows(sum, { touched: placed!.touched[name]!, rows: rows[name]!, from: gradients[name]! });
      else sum.data.set(inOrder(gradients[name]!, orders[name]).data);
    }
  };
  function* filling(): Slices<void> {
    for (const [name, state] of Object.entries(placed?.states ?? {}))
      yield* write(state.data, initial[name]!, orderOf(name));
    for (const [name, [first]] of Object.entries({ ...moved, ...updated })) yield* write(first.data, initial[name]!);
  }
  return {
    orders,
    placed,
    moved,
    updated,
    scale,
    squares,
    fill: () => inSlices(filling()),
    snapshot(at) {
      const parity = parityOf(at, accumulate);
      const states = [
        ...Object.entries(placed?.states ?? {}).map(([name, state]) => [name, inFirstOrder(state, orderOf(name))]),
        ...Object.entries(updated).map(([name, both]) => [name, copy(both[parity.held])]),
        ...Object.entries(moved).map(([name, both]) => [name, copy(both[parity.moved])]),
      ];
      return {
        step: at.step,
        states: Object.fromEntries(states),
        orders,
        ...(at.held > 0 ? { accumulated: accumulated(at.held) } : {}),
      };
    },
    restore(snapshot) {
      const { states, accumulated: sums } = snapshot;
      const parity = parityOf({ step: snapshot.step, held: sums?.count ?? 0 }, accumulate);
      for (const [name, state] of Object.entries(placed?.states ?? {}))
        state.data.set(inOrder(states[name]!, orderOf(name)).data);
      for (const [name, both] of Object.entries(updated)) both[parity.held].data.set(states[name]!.data);
      for (const [name, both] of Object.entries(moved)) both[parity.moved].data.set(states[name]!.data);
      if (sums) restoreSums(sums);
    },
  };
}

/** Copies of what a step starts from, before anything is placed. */
export const initialStates = (definition: StepDefinition, plans: ParameterPlans): FloatTensors =>
  Object.fromEntries(Object.entries(startOf(definition, plans)).map(([name, state]) => [name, copy(tensorOf(state))]));

/** What states are before the first step, by name. */
const startOf = (
  { parameters, buffers = {} }: StepDefinition,
  plans: ParameterPlans,
): Readonly<Record<string, InitialState>> => {
  const slots = Object.entries(plans).flatMap(([name, plan]) =>
    Object.entries(plan.slots).map(([slot, state]) => [`${name}.${slot}`, state] as const),
  );
  return { ...parameters, ...Object.fromEntries(slots), ...buffers };
};

/** What the worker is told of the state; `undefined` when no kernel has anything to do. */
export function placementOf(
  { placed, scale, squares }: StepState,
  { clipNorm }: StepDefinition,
): StepPlacement | undefined {
  return (
    placed && {
      plan: placed.plan,
      tables: Object.entries(placed.touched).map(([name, touched]) => ({
        sums: toPlain(placed.gradients[name]!),
        touched,
      })),
      ...(clipNorm === undefined
        ? {}
        : { scale: { tensor: toPlain(scale), positions: placed.scalePositions }, squares: toPlain(squares) }),
    }
  );
}

const twice = (states: Readonly<Record<string, InitialState>>): Readonly<Record<string, Both>> =>
  // A run reads one version and writes the other, so that no reader in the graph ever sees a half-updated value.
  Object.fromEntries(Object.entries(states).map(([name, { shape }]) => [name, [fresh(shape), fresh(shape)]]));

const fresh = (shape: readonly number[]) => zeros("float32", shape, { shared: true });

/** Elements that are copied in well under a millisecond to where no pages are yet. */
const copiedLength = 2 ** 16;

/** Writes what a state starts as to fresh memory, where zeros would only make the system find pages for them. */
function* write(to: Float32Array, { data, shape }: InitialState, order?: readonly number[]): Slices<void> {
  if (data === undefined) return;
  if (order) {
    yield* writeReordered(to, { data, shape }, order);
    return;
  }
  for (let at = 0; at < data.length; at += copiedLength) {
    to.set(data.subarray(at, at + copiedLength), at);
    yield;
  }
}

const inOrder = (tensor: Tensor<"float32">, order: readonly number[] | undefined): Tensor<"float32"> =>
  order ? reordered(tensor, order) : tensor;

const inFirstOrder = (tensor: Tensor<"float32">, order: readonly number[] | undefined): Tensor<"float32"> =>
  order ? reordered(tensor, undone(order)) : copy(tensor);

const copy = ({ data, shape }: Tensor<"float32">): Tensor<"float32"> =>
  new Tensor("float32", Float32Array.from(data), shape);

const touchedRows = (touched: ArrayBufferLike): Int32Array => {
  const list = new Int32Array(touched);
  return Int32Array.from(list.subarray(1, 1 + list[0]!));
};

function rowsOf({ data, shape: [count, ...row] }: Tensor<"float32">, rows: Int32Array): Tensor<"float32"> {
  const width = data.length / count!;
  const result = new Float32Array(rows.length * width);
  for (const [i, at] of rows.entries()) result.set(data.subarray(at * width, (at + 1) * width), i * width);
  return new Tensor("float32", result, [rows.length, ...row]);
}

function writeRows(
  { data, shape }: Tensor<"float32">,
  { touched, rows, from }: { touched: ArrayBufferLike; rows: Int32Array; from: Tensor<"float32"> },
): void {
  const width = data.length / shape[0]!;
  const list = new Int32Array(touched);
  list[0] = rows.length;
  list.set(rows, 1);
  for (const [i, at] of rows.entries()) data.set(from.data.subarray(i * width, (i + 1) * width), at * width);
}
