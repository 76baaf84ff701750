import { float64, Random, sizeOf, Tensor } from "@athanor/core";
import { gradient } from "../autodiff/gradient.ts";
import type { GraphBuilder, Value } from "../graph/graph-builder.ts";
import { verify } from "../verify.ts";
import { randomGraph } from "./random-graph.ts";
import { openModel } from "./run-model.ts";

/** Steps of the differences, from one that rounding blurs little to ones that rarely meet a corner. */
const distances = [1e-4, 1e-5, 1e-6];
/** Differences of double precision agree with the gradient to this, relative to the size of what they are made of. */
const tolerance = 1e-6;

/**
 * The gradient of a drawn graph along a drawn direction beside central differences in double precision on ONNX Runtime.
 *
 * @param order 2 for the gradient of a gradient along a drawn direction
 * @returns `corner` when the graph bends so close to the point that there is no gradient to compare with
 * @throws naming the seed, both numbers and the operators
 */
export async function checkRandomGraph(seed: number, order: 1 | 2 = 1): Promise<"holds" | "corner"> {
  const { g, inputs, point, sinks } = randomGraph(seed);
  const random = Random.from(seed).split("loss");
  const drawn = (shape: readonly number[]) =>
    float64(
      Float64Array.from({ length: sizeOf(shape) }, () => 2 * random.uniform() - 1),
      shape,
    );
  const terms = sinks.map((value) => g.reduceSum(g.mul(value, g.constant(drawn(value.shape as readonly number[])))));
  const first = g.op("Sum", terms);
  const operators = g.nodes.map(({ definition: { name } }) => name).join(" ");
  const fail = (what: string) => new Error(`seed ${seed}: ${what}, in ${operators}`);
  const loss = order === 1 ? first : along(g, gradient(g, first, inputs), drawn);
  const gradients = gradient(g, loss, inputs);
  g.output("loss", loss);
  for (const [i, value] of gradients.entries()) g.output(`gradient${i}`, value);
  const model = g.build();
  verify(model);
  const run = await openModel(model);
  const here = await run(point);
  const direction = inputs.map(({ shape }) => drawn(shape as readonly number[]));
  const lossAt = async (by: number) => {
    const moved = inputs.map(({ name }, i) => {
      const { data, shape } = point[name]!;
      return [
        name,
        new Tensor(
          "float64",
          data.map((each, k) => each + by * direction[i]!.data[k]!),
          shape,
        ),
      ] as const;
    });
    return Number((await run(Object.fromEntries(moved))).loss!.data[0]);
  };

  let slope = 0;
  let size = 1;
  for (const [i, { name, shape }] of inputs.entries()) {
    const { data, shape: computed } = here[`gradient${i}`]! as Tensor<"float64">;
    if (`${computed}` !== `${shape}`)
      throw fail(`expected the gradient by ${name} to be [${shape}], got [${computed}]`);
    for (const [k, each] of data.entries()) {
      slope += each * direction[i]!.data[k]!;
      size += Math.abs(each * direction[i]!.data[k]!);
    }
  }
  const value = Number(here.loss!.data[0]);
  const seen: number[] = [];
  for (const h of distances) {
    const [ahead, behind, far, farBehind] = [
      await lossAt(h),
      await lossAt(-h),
      await lossAt(2 * h),
      await lossAt(-2 * h),
    ] as [number, number, number, number];
    const difference = (8 * (ahead - behind) - (far - farBehind)) / (12 * h);
    const rounding = (1e-14 * Math.max(1, Math.abs(value))) / h;
    if (Math.abs(slope - difference) <= tolerance * Math.max(size, Math.abs(difference)) + rounding) return "holds";
    const isCorner =
      Math.abs(ahead + behind - 2 * value) / h > 1e-3 * size ||
      Math.abs((far - farBehind) / 2 - (ahead - behind)) / h > 1e-3 * size;
    if (!isCorner) seen.push(difference);
  }
  if (seen.length === 0) return "corner";
  throw fail(`expected a derivative of ${seen.join(" or ")}, got ${slope}`);
}

/** The derivative along a drawn direction. */
function along(g: GraphBuilder, gradients: readonly Value[], drawn: (shape: readonly number[]) => Tensor): Value {
  const terms = gradients.map((value) =>
    g.reduceSum(g.mul(value, g.constant(drawn(value.shape as readonly number[])))),
  );
  return g.op("Sum", terms);
}
