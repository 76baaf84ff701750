import { float32, Random, type Tensor } from "athanor/core";
import { adamW } from "athanor/nn";
import { applyModel, GraphBuilder, loadTensor, readModel, trainable, withWeights, writeModel } from "athanor/onnx";
import { compileStep } from "athanor/runtime";

const random = Random.from(11);
const drawn = (...shape: number[]) =>
  float32(
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal()),
    shape,
  );
const shapes = { image: [16, 1, 12, 12] };
const [images, wanted] = [drawn(...shapes.image), drawn(16, 3)];

/** A convolution, its activation and a head, as another program could have saved them. */
export function smallModel(): Uint8Array {
  const g = new GraphBuilder();
  const image = g.input("image", "float32", ["batch", 1, 12, 12]);
  const maps = g.relu(
    g.op("Conv", [image, g.initializer("filters", drawn(8, 1, 3, 3))], { strides: [2, 2], pads: [1, 1, 1, 1] }),
  );
  const pooled = g.op("Flatten", [g.op("GlobalAveragePool", [maps])], { axis: 1 });
  g.output("scores", g.matMul(pooled, g.initializer("head", drawn(8, 3))));
  return writeModel(g.build());
}

/** Tunes every weight of a model that takes `image` and gives `scores`, and gives its bytes back. */
export async function fineTune(bytes: Uint8Array) {
  const model = readModel(bytes);
  const g = GraphBuilder.from(model, { shapes });
  const parameters = Object.fromEntries(
    trainable(g).map(({ name }) => [name, loadTensor(g.initializers.get(name)!) as Tensor<"float32">]),
  );
  await using step = await compileStep({
    inputs: {
      image: { dtype: "float32", shape: images.shape },
      wanted: { dtype: "float32", shape: wanted.shape },
    },
    parameters,
    optimizer: adamW(),
    clipNorm: 1,
    build(g, { inputs, parameters }) {
      const { scores } = applyModel(g, model, { image: inputs.image!, ...parameters });
      const error = g.sub(scores!, inputs.wanted!);
      return { loss: g.reduceMean(g.mul(error, error)) };
    },
  });
  const results = await step.runMany(Array(40).fill({ image: images, wanted }), { learningRate: 0.02 });
  const { states } = step.snapshot();
  const weights = Object.fromEntries(Object.keys(parameters).map((name) => [name, states[name]!]));
  return { losses: results.map(({ loss }) => loss), model: writeModel(withWeights(model, weights)) };
}
