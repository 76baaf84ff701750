import { AthanorError, Random, sizeOf, Tensor, type TensorData } from "@athanor/core";
import { gradient } from "../gradient.ts";
import type { Value } from "../graph-builder.ts";
import { verify } from "../verify.ts";
import { beside, bind, fails, openedIfAble, type Verdict } from "./check-node-case.ts";
import { inDouble } from "./in-double.ts";
import type { NodeCase } from "./node-case.ts";

interface Setting {
  /** How far an element is moved. */
  readonly step: number;
  /** Differences agree with the gradient to this, relative to the largest gradient of the input. */
  readonly tolerance: number;
  /** Slopes before and behind an element that differ by more than this belong to a corner, where there is no gradient. */
  readonly corner: number;
}

const settings = {
  float64: { step: 1e-4, tolerance: 1e-6, corner: 1e-2 },
  /** Differences of a float32 loss carry its rounding, divided by the step; a larger step meets more curvature. */
  float32: { step: 2e-2, tolerance: 5e-3, corner: 0.1 },
} as const satisfies Record<string, Setting>;
type Precision = keyof typeof settings;

/** Elements of an input that are compared, and that are tried. */
const compared = 5;
const tried = 12;

/** The gradient of a drawn sum of the outputs is that of central differences: in double precision where the runtime has the kernels. */
export async function checkGradient(it: NodeCase): Promise<Verdict> {
  if (!Object.values(it.inputs).some(({ dtype }) => dtype in settings))
    return beside("no input of single or double precision");
  const exact = await differentiate(inDouble(it), "float64");
  return exact.kind === "beside" && exact.reason.startsWith("the runtime") ? differentiate(it, "float32") : exact;
}

async function differentiate(it: NodeCase, precision: Precision): Promise<Verdict> {
  const { g, feeds } = bind(it);
  const wanted = g.inputs
    .filter(({ name, dtype }) => dtype === precision && feeds[name]!.size > 0)
    .map(({ name }) => g.value(name));
  if (wanted.length === 0) return beside("no float input that can be fed");
  const random = Random.from(7);
  const terms = g.outputs
    .filter(({ value: { dtype } }) => dtype === precision)
    .map(({ value }) => {
      const shape = value.shape as readonly number[];
      const weights = tensor(
        precision,
        Array.from({ length: sizeOf(shape) }, () => 0.5 + random.uniform()),
        shape,
      );
      return g.reduceSum(g.mul(value, g.constant(weights)));
    });
  if (terms.length === 0) return beside("no float output");
  const loss = terms.reduce((total, term) => g.add(total, term));
  let gradients: readonly Value[];
  try {
    gradients = gradient(g, loss, wanted);
  } catch (error) {
    if (error instanceof AthanorError && error.code === "onnx/no-gradient")
      return beside(`no gradient: ${error.details.op}`);
    throw error;
  }
  g.output("athanor:loss", loss);
  for (const [k, value] of gradients.entries()) g.output(`athanor:gradient${k}`, value);
  const model = g.build();
  verify(model);
  const run = await openedIfAble(model);
  if (typeof run === "string") return beside(run);

  const moved = Object.fromEntries(
    Object.entries(feeds).map(([name, each]) => [name, each.dtype === precision ? offCorners(each, random) : each]),
  );
  const lossAt = async (name: string, k: number, by: number) => {
    const { data, shape } = moved[name]!;
    return Number(
      (await run({ ...moved, [name]: tensor(precision, (data as Float64Array).with(k, Number(data[k]) + by), shape) }))[
        "athanor:loss"
      ]!.data[0],
    );
  };
  const results = await run(moved);
  const here = Number(results["athanor:loss"]!.data[0]);
  if (!Number.isFinite(here)) return beside("the outputs are not finite");
  for (const [i, { name, shape }] of wanted.entries()) {
    const computed = results[`athanor:gradient${i}`]!;
    if (`${computed.shape}` !== `${shape}`) return fails(`gradient by ${name}: [${computed.shape}] for [${shape}]`);
    const verdict = await compareInput(computed, (k, by) => lossAt(name, k, by), here, settings[precision], random);
    if (verdict) return fails(`gradient by ${name}, ${precision}: ${verdict}`);
  }
  return { kind: "holds", precision };
}

/** The first difference between an input's gradient and differences of the loss; `undefined` where there is none. */
async function compareInput(
  computed: Tensor,
  lossAt: (k: number, by: number) => Promise<number>,
  here: number,
  { step, tolerance, corner }: Setting,
  random: Random,
): Promise<string | undefined> {
  const largest = (computed.data as Float64Array).reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  let count = 0;
  for (const k of random.permutation(computed.size).subarray(0, tried)) {
    if (count === compared) break;
    const [far, near, nearBehind, farBehind] = [
      await lossAt(k, 2 * step),
      await lossAt(k, step),
      await lossAt(k, -step),
      await lossAt(k, -2 * step),
    ];
    const difference = (8 * (near! - nearBehind!) - (far! - farBehind!)) / (12 * step);
    if (!Number.isFinite(difference)) continue;
    const scale = Math.max(1e-2, largest, Math.abs(difference));
    const bend = Math.abs(near! - here - (here - nearBehind!)) / step;
    if (bend > corner * scale) continue;
    const value = Number(computed.data[k]);
    if (!(Math.abs(value - difference) <= tolerance * scale)) return `element ${k} is ${value} beside ${difference}`;
    count++;
  }
  return undefined;
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
