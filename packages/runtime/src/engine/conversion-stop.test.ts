import { GraphBuilder, writeModel } from "@athanor/onnx";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { isStopped, stopConversion, stopOutput } from "./conversion-stop.ts";

function model(): Uint8Array {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", [2]);
  g.output("y", g.relu(x));
  return writeModel(g.build());
}

describe("stopConversion", () => {
  it("puts its output before the model's own", async () => {
    const session = await InferenceSession.create(stopConversion(model()));
    expect(session.outputNames).toEqual([stopOutput, "y"]);
  });

  it("lets the runtime write in place and stop before it converts", async () => {
    const session = await InferenceSession.create(stopConversion(model()));
    const y = new Tensor("float32", new Float32Array(2), [2]);
    const run = session.run({ x: new Tensor("float32", [3, -1], [2]) }, { [stopOutput]: null, y });
    const error = await run.catch((caught: unknown) => caught);
    expect(isStopped(error)).toBe(true);
    expect(Array.from(y.data as Float32Array)).toEqual([3, 0]);
  });

  it("does not take other errors for the stop", async () => {
    const session = await InferenceSession.create(stopConversion(model()));
    const wrong = session.run({ x: new Tensor("float32", [3, -1, 0], [3]) }, [stopOutput]);
    expect(isStopped(await wrong.catch((caught: unknown) => caught))).toBe(false);
  });
});
