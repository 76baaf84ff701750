import type { Tensor } from "@athanor/core";
import { GraphBuilder, gradient } from "@athanor/onnx";
import { openModel } from "@athanor/onnx/testing";
import { expect, it } from "vitest";
import type { Loss } from "../loss.ts";
import { floats, golden, integers, type RecordedTensor } from "./golden.ts";

interface Recorded {
  readonly scores: RecordedTensor;
  readonly labels: RecordedTensor;
  readonly targets: RecordedTensor;
  readonly records: Readonly<Record<string, { readonly loss: number; readonly gradient: RecordedTensor }>>;
}

/** A loss and its gradient agree with PyTorch's. */
export function checkLoss(name: string, loss: Loss, targets: "labels" | "targets"): void {
  it(`${name} agrees with PyTorch`, async () => {
    const recorded = golden<Recorded>("losses");
    const [scores, target]: readonly Tensor[] = [
      floats(recorded.scores),
      targets === "labels" ? integers(recorded.labels) : floats(recorded.targets),
    ];
    const g = new GraphBuilder();
    const x = g.input("x", "float32", scores!.shape);
    const value = loss.build(g, x, g.input("t", target!.dtype, target!.shape));
    g.output("loss", value);
    g.output("gradient", gradient(g, value, [x])[0]!);
    const results = await (await openModel(g.build()))({ x: scores!, t: target! });
    const expected = recorded.records[name]!;
    expect(results.loss!.data[0]).toBeCloseTo(expected.loss, 5);
    for (const [i, each] of expected.gradient.data.entries()) expect(results.gradient!.data[i]).toBeCloseTo(each, 5);
  });
}
