import { Random, sizeOf, Tensor } from "@athanor/core";
import { GraphBuilder, gradient } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { describe, expect, it } from "vitest";
import type { Layer } from "../define-layer.ts";
import { toOnnx } from "../evaluation-graph.ts";
import { initialize } from "../initialize.ts";
import type { InputSpec } from "../network.ts";
import { sliceRows } from "../rows.ts";
import { checkRecordedLayer, type LayerRecord } from "./check-recorded-layer.ts";
import { golden } from "./golden.ts";
import { layerNetwork } from "./layer-network.ts";

export interface LayerSample {
  readonly title: string;
  readonly layer: Layer;
  readonly input: InputSpec;
  /** Highest value of a whole-number input. */
  readonly below?: number;
  /** What the layer looks at beside its input, for three rows. */
  readonly extras?: Readonly<Record<string, Tensor>>;
  /** Parameter shapes that the sample must declare. */
  readonly parameters: Readonly<Record<string, readonly number[]>>;
  /** Shape of the output for three rows. */
  readonly output: readonly number[];
}

const rows = 3;

/** Checks a layer: its declared shapes, that every parameter learns, rows apart in evaluation, PyTorch's recorded values. */
export function checkLayer(samples: readonly LayerSample[]): void {
  for (const name of new Set(samples.map(({ layer }) => layer.name)))
    for (const record of golden<{ records: readonly LayerRecord[] }>(`layers/${name}`).records)
      it(`${name} agrees with PyTorch: ${record.title}`, () => checkRecordedLayer(name, record));
  for (const sample of samples) {
    describe(`${sample.layer.name}: ${sample.title}`, () => {
      const x = drawRows(sample);
      const given = { x, ...sample.extras };
      const network = layerNetwork(sample.layer, given);
      const weights = { ...initialize(network.parameters, 5), ...initialize(network.buffers, 5) };

      it("declares its parameters' shapes", () => {
        expect(
          Object.fromEntries(Object.entries(network.parameters).map(([name, { shape }]) => [name.slice(2), shape])),
        ).toEqual(sample.parameters);
      });

      it("gives each row what it gives the row alone", async () => {
        const run = await openModel(toOnnx(network, weights));
        const { output } = await run(given);
        expect(output!.shape).toEqual(sample.output);
        const width = output!.size / rows;
        for (let row = 0; row < rows; row++) {
          const alone = Object.entries(given).map(([name, tensor]) => [name, sliceRows(tensor, row, row + 1)]);
          const { output: single } = await run(Object.fromEntries(alone));
          for (let k = 0; k < width; k++) expect(single!.data[k]).toBeCloseTo(Number(output!.data[row * width + k]), 4);
        }
      });

      if (Object.keys(sample.parameters).length === 0) return;
      it("sends a gradient to every parameter", async () => {
        const g = new GraphBuilder();
        const declare = (tensors: object) =>
          Object.fromEntries(
            Object.keys(tensors).map((name) => [name, g.input(name, "float32", weights[name]!.shape)]),
          );
        const [parameters, buffers] = [declare(network.parameters), declare(network.buffers)];
        const output = network.build({
          g,
          inputs: Object.fromEntries(
            Object.entries(given).map(([name, { dtype, shape }]) => [name, g.input(name, dtype, shape)]),
          ),
          parameters,
          buffers,
          isTraining: true,
          batch: rows,
          mask: (_, shape) =>
            g.reshape(
              g.constant(1),
              shape.map(() => 1),
            ),
          moveBuffer: () => {},
        });
        const random = Random.from(2);
        const target = g.constant(
          new Tensor(
            "float32",
            Float32Array.from({ length: sizeOf(output.shape as number[]) }, () => random.normal()),
            output.shape as number[],
          ),
        );
        const error = g.sub(output, target);
        const gradients = gradient(g, g.reduceSum(g.mul(error, error)), Object.values(parameters));
        for (const [i, name] of Object.keys(parameters).entries()) g.output(`gradient:${name}`, gradients[i]!);
        const results = await (await openModel(g.build()))({ ...given, ...weights });
        for (const name of Object.keys(parameters)) {
          const tensor = results[`gradient:${name}`]!;
          expect(tensor.shape, name).toEqual(weights[name]!.shape);
          expect(
            (tensor.data as Float32Array).some((value) => Math.abs(value) > 1e-6),
            name,
          ).toBe(true);
        }
      });
    });
  }
}

function drawRows({ input: { dtype, shape: lengths }, below = 2 }: LayerSample): Tensor {
  const shape = lengths as readonly number[];
  const random = Random.from(9);
  const length = rows * sizeOf(shape);
  if (dtype === "int64")
    return new Tensor(
      "int64",
      BigInt64Array.from({ length }, () => BigInt(random.integer(below))),
      [rows, ...shape],
    );
  return new Tensor(
    "float32",
    Float32Array.from({ length }, () => random.normal()),
    [rows, ...shape],
  );
}
