import { AthanorError, Random, Tensor, type TensorData } from "@athanor/core";
import { gradient } from "../autodiff/gradient.ts";
import type { Value } from "../graph/graph-builder.ts";
import { verify } from "../verify.ts";
import { beside, bind, fails, openedIfAble, type Verdict } from "./check-node-case.ts";
import { inDouble } from "./in-double.ts";
import type { NodeCase } from "./node-case.ts";

interface Setting {
  /** How far an element is moved; differences by one of these must agree. */
  readonly steps: readonly number[];
  /** Differences agree with the gradient to this, relative to the largest gradient of the input. */
  readonly tolerance: number;
  /** Slopes before and behind an element that differ by more than this belong to a corner, where there is no gradient. */
  readonly corner: number;
}

const settings = {
  float64: { steps: [1e-4], tolerance: 1e-6, corner: 1e-2 },
  /** Differences of float32 outputs carry their rounding, divided by the step; a larger step meets more curvature. */
  float32: { steps: [1e-2, 3e-2, 2e-3], tolerance: 5e-3, corner: 0.1 },
} as const satisfies Record<string, Setting>;
type Precision = keyof typeof settings;

/** Elements of an input that are compared, and that are tried. */
const compared = 5;
const tried = 12;

/**
 * The gradient of a drawn sum of the outputs is that of central differences, in the first precision that the runtime has
 * all kernels for.
 */
export async function checkGradient(
  it: NodeCase,
  precisions: readonly Precision[] = ["float64", "float32"],
): Promise<Verdict> {
  if (!Object.values(it.inputs).some(({ dtype }) => dtype in settings))
    return beside("no input of single or double precision");
  let verdict = beside("");
  for (const precision of precisions) {
    verdict = await differentiate(precision === "float64" ? inDouble(it) : it, precision);
    if (!(verdict.kind === "beside" && verdict.reason.startsWith("the runtime"))) break;
  }
  return verdict;
}

async function differentiate(it: NodeCase, precision: Precision): Promise<Verdict> {
  const { g, feeds } = bind(it);
  const wanted = g.inputs
    .filter(({ name, dtype }) => dtype === precision && feeds[name]!.size > 0)
    .map(({ name }) => g.value(name));
  if (wanted.length === 0) return beside("no float input that can be fed");
  const random = Random.from(7);
  const read = g.outputs.map(({ value }) => value).filter(({ dtype }) => dtype === precision);
  if (read.length === 0) return beside("no float output");
  if (read.some(({ shape }) => shape.some((length) => typeof length === "string")))
    return beside("an output of a length that only a run tells");
  const weights = read.map(({ name, shape }) => {
    const recorded = it.outputs[g.outputs.findIndex(({ value }) => value.name === name)]!;
    const drawn = Array.from(recorded.data as ArrayLike<number>, (each) =>
      Number.isFinite(each) ? 0.5 + random.uniform() : 0,
    );
    return tensor(precision, drawn, shape as readonly number[]);
  });
  const terms = read.map((value, k) => g.reduceSum(g.mul(value, g.constant(weights[k]!))));
  let gradients: readonly Value[];
  try {
    gradients = gradient(
      g,
      terms.reduce((total, term) => g.add(total, term)),
      wanted,
    );
  } catch (error) {
    if (error instanceof AthanorError && error.code === "onnx/no-gradient")
      return beside(`no gradient: ${error.details.op}`);
    throw error;
  }
  for (const [k, value] of read.entries()) g.output(`athanor:output${k}`, value);
  for (const [k, value] of gradients.entries()) g.output(`athanor:gradient${k}`, value);
  const model = g.build();
  verify(model);
  const run = await openedIfAble(model);
  if (typeof run === "string") return beside(run);

  const point = Object.fromEntries(
    Object.entries(feeds).map(([name, each]) => [name, each.dtype === precision ? offCorners(each, random) : each]),
  );
  const here = await run(point);
  if (typeof here === "string") return beside(here);
  for (const [i, { name, shape }] of wanted.entries()) {
    const computed = here[`athanor:gradient${i}`]!;
    if (`${computed.shape}` !== `${shape}`) return fails(`gradient by ${name}: [${computed.shape}] for [${shape}]`);
    const change: Change = async (k, by) => {
      const { data } = point[name]!;
      const values = (data as Float64Array).with(k, Number(data[k]) + by);
      const there = (await run({
        ...point,
        [name]: tensor(precision, values, shape as readonly number[]),
      })) as typeof here;
      return weights.reduce((sum, { data: w }, o) => {
        const [from, to] = [here, there].map((results) => results[`athanor:output${o}`]!.data as Float64Array) as [
          Float64Array,
          Float64Array,
        ];
        return sum + to.reduce((total, y, at) => (y === from[at] ? total : total + Number(w[at]) * (y - from[at]!)), 0);
      }, 0);
    };
    const difference = await compareInput(computed, change, settings[precision], random);
    if (difference) return fails(`gradient by ${name}, ${precision}: ${difference}`);
  }
  return { kind: "holds", precision };
}

/** How much the loss changes when an element is moved; what no output sees of the move cancels exactly. */
type Change = (k: number, by: number) => Promise<number>;

/** The first disagreement of an input's gradient with differences of the loss; `undefined` when there is none. */
async function compareInput(
  computed: Tensor,
  change: Change,
  setting: Setting,
  random: Random,
): Promise<string | undefined> {
  const largest = (computed.data as Float64Array).reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  let count = 0;
  for (const k of random.permutation(computed.size).subarray(0, tried)) {
    if (count === compared) break;
    const verdict = await compareElement(Number(computed.data[k]), (by) => change(k, by), largest, setting);
    if (verdict === "corner") continue;
    if (verdict !== "agrees") return `element ${k} is ${verdict}`;
    count++;
  }
  return undefined;
}

async function compareElement(
  value: number,
  change: (by: number) => Promise<number>,
  largest: number,
  { steps, tolerance, corner }: Setting,
): Promise<string> {
  const seen: number[] = [];
  for (const h of steps) {
    const [ahead, behind, farAhead, farBehind] = [
      await change(h),
      await change(-h),
      await change(2 * h),
      await change(-2 * h),
    ];
    const difference = (8 * (ahead! - behind!) - (farAhead! - farBehind!)) / (12 * h);
    const scale = Math.max(1e-2, largest, Math.abs(difference));
    const bend = Math.abs(ahead! + behind!) / h;
    if (!(bend <= corner * scale)) continue;
    if (Math.abs(value - difference) <= tolerance * scale) return "agrees";
    seen.push(difference);
  }
  return seen.length === 0 ? "corner" : `${value} beside ${seen.join(", ")}`;
}

/** Recorded inputs often sit on corners, such as zeros and ties: a little beside there is a gradient. */
const offCorners = ({ dtype, data, shape }: Tensor, random: Random): Tensor =>
  tensor(
    dtype as Precision,
    Array.from(data as Float64Array, (each) => each + (1e-3 + 2e-3 * random.uniform()) * (1 + Math.abs(each))),
    shape,
  );

const tensor = (dtype: Precision, values: ArrayLike<number>, shape: readonly number[]): Tensor =>
  new Tensor(dtype, (dtype === "float64" ? Float64Array.from(values) : Float32Array.from(values)) as TensorData, shape);
