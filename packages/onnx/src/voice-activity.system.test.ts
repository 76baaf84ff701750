import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { float32, int64, Random } from "@athanor/core";
import { describe, expect, it } from "vitest";
import { gradient } from "./autodiff/gradient.ts";
import { readModel } from "./codec/read-model.ts";
import { GraphBuilder } from "./graph/graph-builder.ts";
import { storeTensor } from "./stored-tensor.ts";
import { openModel } from "./testing/run-model.ts";

const path = join(process.env.ATHANOR_MODELS ?? "../shared/models", "silero-vad-16k/model.onnx");

describe.skipIf(!existsSync(path))("a voice activity detector of nested Ifs and an LSTM", () => {
  const model = existsSync(path) ? readModel(readFileSync(path)) : undefined;
  const bias = "model.decoder.rnn.bias_ih";
  const random = Random.from(5);
  const noise = float32(
    Float32Array.from({ length: 1024 }, () => 0.1 * random.normal()),
    [2, 512],
  );
  const state = float32(
    Float32Array.from({ length: 512 }, () => 0.5 * random.normal()),
    [2, 2, 128],
  );
  const feeds = { input: noise, state, sr: int64([16000], []) };

  const built = (bytes?: Float32Array) => {
    const initializers = new Map(model!.graph.initializers);
    if (bytes) initializers.set(bias, storeTensor(float32(bytes)));
    const graph = { ...model!.graph, initializers };
    const g = GraphBuilder.from({ ...model!, graph }, { dims: { batch: 2, sequence: 512 } });
    const [output] = g.outputs;
    // The log odds of speech, whose slope does not vanish where the detector is sure.
    const odds = g.sub(g.log(output!.value), g.log(g.sub(1, output!.value)));
    return { g, loss: g.reduceMean(odds) };
  };

  it("is inlined for its static shapes", () => {
    expect(built().g.nodes.map(({ definition }) => definition.name)).not.toContain("If");
  });

  it("has the gradient of central differences along itself", async () => {
    const { g, loss } = built();
    g.output("loss", loss);
    g.output("slope", gradient(g, loss, [g.value(bias)])[0]!);
    const { slope } = await (await openModel(g.build()))(feeds);
    const direction = slope!.data as Float32Array;
    const length = Math.hypot(...direction);
    const { bytes } = model!.graph.initializers.get(bias)! as { bytes: Uint8Array };
    const weights = new Float32Array(Uint8Array.from(bytes).buffer);
    const at = async (by: number) => {
      const moved = built(weights.map((weight, i) => weight + (by * direction[i]!) / length));
      moved.g.output("loss", moved.loss);
      return Number((await (await openModel(moved.g.build()))(feeds)).loss!.data[0]);
    };
    const step = 0.1;
    const difference = ((await at(step)) - (await at(-step))) / (2 * step);
    expect(length).toBeGreaterThan(0.001);
    expect(Math.abs(difference / length - 1)).toBeLessThan(0.02);
  });
});
