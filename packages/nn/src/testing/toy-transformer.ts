import { float32, Random } from "@athanor/core";
import { GraphBuilder, type Model, type Value } from "@athanor/onnx";

export interface ToyTransformer {
  readonly width: number;
  readonly tokens: number;
  readonly vocabulary: number;
  readonly classes: number;
  readonly layers: number;
}

/** A small encoder with a classifier, its weights named as PyTorch's exporter names them. */
export function toyTransformer({ width, tokens, vocabulary, classes, layers }: ToyTransformer, seed = 1): Model {
  const g = new GraphBuilder();
  const random = Random.from(seed);
  const weight = (name: string, shape: readonly number[], scale = 1 / Math.sqrt(shape[0]!)): Value =>
    g.initializer(
      name,
      float32(
        Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => scale * random.normal()),
        shape,
      ),
    );
  const linear = (x: Value, name: string, outs: number): Value => {
    const product = g.op(
      "MatMul",
      [x, weight(`${name}.weight`, [Number(x.shape.at(-1)), outs])],
      {},
      { name: `/${name}/MatMul` },
    );
    return g.add(product, weight(`${name}.bias`, [outs], 0.1));
  };
  const norm = (x: Value, name: string): Value =>
    g.op("LayerNormalization", [
      x,
      g.add(weight(`${name}.weight`, [width], 0.1), 1),
      weight(`${name}.bias`, [width], 0.1),
    ]);
  const ids = g.input("ids", "int64", ["batch", tokens]);
  let x = g.gather(weight("embeddings.weight", [vocabulary, width], 1), ids);
  for (let layer = 0; layer < layers; layer++) {
    const at = `layer.${layer}`;
    const [q, k, v] = ["query", "key", "value"].map((name) => linear(x, `${at}.attention.${name}`, width));
    const scores = g.mul(g.matMul(q!, g.transpose(k!, [0, 2, 1])), 1 / Math.sqrt(width));
    const mixed = linear(g.matMul(g.op("Softmax", [scores]), v!), `${at}.attention.output`, width);
    x = norm(g.add(x, mixed), `${at}.norm1`);
    const inner = g.relu(linear(x, `${at}.intermediate`, 2 * width));
    x = norm(g.add(x, linear(inner, `${at}.output.dense`, width)), `${at}.norm2`);
  }
  g.output("logits", linear(g.reduceMean(x, [1]), "classifier", classes));
  return g.build({ name: "toy-transformer" });
}
