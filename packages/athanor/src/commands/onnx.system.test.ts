import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { float32, int64, Random } from "@athanor/core";
import { GraphBuilder, readModel, writeModel } from "@athanor/onnx";
import { openSession } from "@athanor/runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { athanor, temporaryProject } from "../testing/project.ts";

let project: Awaited<ReturnType<typeof temporaryProject>>;
const at = (name: string) => join(project.folder, name);
const json = async (...args: string[]) => {
  const { stdout, stderr, code } = await athanor(["onnx", ...args, "--json"]);
  expect(stderr).toBe("");
  return { ...JSON.parse(stdout), exit: code };
};

/** Four features, three classes, a loss; the names are those of an exported model. */
function classifier(activation: string) {
  const g = new GraphBuilder();
  const random = Random.from(4);
  const weight = (name: string, rows: number, columns: number) =>
    g.initializer(
      name,
      float32(
        Float32Array.from({ length: rows * columns }, () => random.normal()),
        [rows, columns],
      ),
    );
  const x = g.input("x", "float32", ["batch", 4]);
  const labels = g.input("labels", "int64", ["batch"]);
  const hidden = g.op(activation, [g.matMul(x, weight("first.weight", 4, 8))], {}, { name: "squash" });
  const scores = g.matMul(hidden, weight("second.weight", 8, 3));
  g.output("scores", scores);
  g.output("loss", g.op("SoftmaxCrossEntropyLoss", [scores, labels]));
  return writeModel(g.build({ name: "classifier", metadata: { author: "test" } }));
}

beforeAll(async () => {
  project = await temporaryProject();
  await writeFile(at("model.onnx"), classifier("Tanh"));
  await writeFile(at("hard.onnx"), classifier("Hardmax"));
  await writeFile(at("noise.onnx"), "not a model");
});
afterAll(() => project[Symbol.asyncDispose]());

describe("athanor onnx", () => {
  it("inspects what a model is made of", async () => {
    const summary = await json("inspect", at("model.onnx"));
    expect(summary).toMatchObject({
      exit: 0,
      opsets: { "": 21 },
      inputs: [
        { name: "x", dtype: "float32", shape: ["batch", 4] },
        { name: "labels", dtype: "int64", shape: ["batch"] },
      ],
      parameters: 4 * 8 + 8 * 3,
      metadata: { author: "test" },
    });
    expect(summary.operators).toContainEqual({ op: "MatMul", domain: "", count: 2, hasRules: true, hasGradient: true });
    const { stdout } = await athanor(["onnx", "inspect", at("model.onnx")]);
    expect(stdout).toMatch(/weights +2, 56 parameters, 224 bytes/);
  });

  it("checks that a model can be trained, or says what stands in the way", async () => {
    expect(await json("check", at("model.onnx"), "--dim", "batch=2")).toMatchObject({
      exit: 0,
      trainable: ["first.weight", "second.weight"],
      findings: [],
    });
    const { exit, findings } = await json("check", at("hard.onnx"), "--dim", "batch=2");
    expect(exit).toBe(1);
    expect(findings).toMatchObject([{ code: "onnx/no-gradient", op: "Hardmax", node: "squash" }]);
    const { stdout } = await athanor(["onnx", "check", at("hard.onnx"), "--dim", "batch=2"]);
    expect(stdout).toMatch(/✗ no-gradient: Hardmax.*\n +path: .* ← squash\n +→ Freeze the weights before squash/);
  });

  it("writes gradients that move the loss as they say", async () => {
    const written = await json("gradient", at("model.onnx"), "--dim", "batch=2", "--out", at("step.onnx"));
    expect(written).toMatchObject({ exit: 0, loss: "loss", path: at("step.onnx") });
    expect(written.gradients.map(({ output }: { output: string }) => output)).toEqual([
      "first.weight.gradient",
      "second.weight.gradient",
    ]);
    const model = readModel(await readFile(at("step.onnx")));
    const feeds = { x: float32([1, -2, 0.5, 0.3, 0.1, 0.2, -1, 2], [2, 4]), labels: int64([2, 0]) };
    await using session = await openSession(model);
    const { loss, "second.weight.gradient": slope } = await session.run(feeds);
    const stored = model.graph.initializers.get("second.weight")!;
    const [moved, step] = [Buffer.from(Buffer.from((stored as { bytes: Uint8Array }).bytes)), 1e-2];
    moved.writeFloatLE(moved.readFloatLE(0) + step, 0);
    const initializers = new Map([
      ...model.graph.initializers,
      ["second.weight", { ...stored, bytes: moved }],
    ] as never);
    await using other = await openSession({ ...model, graph: { ...model.graph, initializers: initializers as never } });
    const difference = (Number((await other.run(feeds)).loss!.data[0]) - Number(loss!.data[0])) / step;
    expect(Math.abs(difference - Number(slope!.data[0]))).toBeLessThan(0.02);
  });

  it("differentiates with respect to what matches, and says what a budget would have to be", async () => {
    const { gradients, savedBytes } = await json(
      ...["gradient", at("model.onnx"), "--wrt", "first.*", "--wrt", "x", "--dim", "batch=64", "--out", at("a.onnx")],
    );
    expect(gradients.map(({ name }: { name: string }) => name)).toEqual(["x", "first.weight"]);
    // The hidden layer and the scores of 64 rows.
    expect(savedBytes).toBe(64 * (8 + 3) * 4);
    const { error, exit } = await json("gradient", at("model.onnx"), "--dim", "batch=64", "--budget", "0");
    expect([exit, error.code]).toEqual([1, "onnx/checkpoint-budget"]);
    expect(error.details.least).toBeGreaterThan(0);
  });

  it("profiles by operator and by node, and draws a chart", async () => {
    const { operators, nodes, runs } = await json("profile", at("model.onnx"), "--dim", "batch=16", "--runs", "3");
    expect(runs).toBe(3);
    expect(operators.map(({ op }: { op: string }) => op)).toEqual(expect.arrayContaining(["MatMul", "Tanh"]));
    const total = nodes.reduce((sum: number, { share }: { share: number }) => sum + share, 0);
    expect(total).toBeCloseTo(1, 6);
    const { stdout, code } = await athanor([
      "onnx",
      "profile",
      at("model.onnx"),
      "--dim",
      "batch=16",
      "--runs",
      "2",
      "--out",
      at("chart.html"),
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/operator +nodes +ms +share\n/);
    const chart = await readFile(at("chart.html"), "utf8");
    expect(chart).toMatch(/<svg[^>]+viewBox/);
    expect(chart).toMatch(/<title>squash \(Tanh\): [\d.]+ ms<\/title>/);
    expect(chart).not.toMatch(/<script|src=|href=/);
  });

  it.each([
    [
      ["inspekt", "model.onnx"],
      2,
      /expected one of inspect, check, gradient, profile, got inspekt\. Write athanor onnx inspect FILE/,
    ],
    [["inspect", "nothing.onnx"], 2, /expected a file that can be read, got .*nothing\.onnx \(ENOENT\)/],
    [["inspect", "noise.onnx"], 1, /onnx\//],
    [["profile", "model.onnx"], 2, /expected a length for batch, got none\. Write --dim batch=1/],
    [
      ["gradient", "model.onnx", "--loss", "scores", "--dim", "batch=2"],
      1,
      /expected the loss to be a scalar, got .*\[2, 3\]/,
    ],
    [["gradient", "model.onnx", "--wrt", "third*", "--dim", "batch=2"], 2, /none that match third\*/],
    [["gradient", "hard.onnx", "--dim", "batch=2"], 1, /Hardmax: expected an operator with a gradient/],
    [["check", "model.onnx", "--dim", "batch"], 2, /expected NAME=VALUE, got batch/],
  ])("answers %j with one line and exit code %i", async ([action, file, ...flags], code, message) => {
    const { code: exit, stderr } = await athanor(["onnx", action!, at(file!), ...flags]);
    expect([exit, stderr]).toEqual([code, expect.stringMatching(message)]);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
