import { readFileSync } from "node:fs";
import { int64 } from "@athanor/core";
import { type Model, readModel, writeModel } from "@athanor/onnx";
import { openSession } from "@athanor/runtime";
import { describe, expect, it } from "vitest";
import { golden } from "../testing/golden.ts";
import { toyTransformer } from "../testing/toy-transformer.ts";
import { type AdapterFiles, adapterFiles } from "./adapter-files.ts";
import { ia3 } from "./ia3.ts";
import { loadAdapter } from "./load-adapter.ts";
import { lora } from "./lora.ts";
import { mergeAdapters } from "./merge-adapters.ts";
import { readSafetensors } from "./safetensors.ts";

interface Recorded {
  readonly ids: readonly number[];
  readonly shape: readonly number[];
  readonly logits: Readonly<Record<string, readonly number[]>>;
}
const recorded = golden<Recorded>("peft/outputs");
const read = (name: string) => readFileSync(new URL(`../../../../golden/nn/peft/${name}`, import.meta.url));
const filesOf = (name: string): AdapterFiles => ({
  "adapter_config.json": read(`${name}/adapter_config.json`).toString("utf8"),
  "adapter_model.safetensors": read(`${name}/adapter_model.safetensors`),
});
const base = readModel(read("base.onnx"));
const toy = toyTransformer({ width: 8, tokens: 5, vocabulary: 12, classes: 3, layers: 1 });

async function expectLogits(model: Model, expected: readonly number[]): Promise<void> {
  await using session = await openSession(writeModel(model), { threads: 1 });
  const { logits } = await session.run({ ids: int64(recorded.ids, recorded.shape) });
  const values = [...(logits!.data as Float32Array)];
  expect(Math.max(...values.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-5);
}

describe("adapterFiles and loadAdapter", () => {
  it.each(["lora", "rslora", "dora", "ia3"])("computes with PEFT's %s what PEFT computes", async (name) => {
    const model = loadAdapter(base, filesOf(name));
    await expectLogits(model, recorded.logits[name]!);
    if (name !== "ia3") await expectLogits(mergeAdapters(model), recorded.logits[name]!);
  });

  it.each(["lora", "rslora", "dora", "ia3"])("writes PEFT's %s as it came", (name) => {
    const [theirs, ours] = [filesOf(name), adapterFiles(loadAdapter(base, filesOf(name)))];
    const [expected, written] = [theirs, ours].map((files) => readSafetensors(files["adapter_model.safetensors"]));
    expect(written).toEqual(expected);
    const [config, given] = [ours, theirs].map((files) => JSON.parse(files["adapter_config.json"]));
    for (const key of ["peft_type", "use_rslora", "use_dora"]) expect(config[key]).toEqual(given[key]);
  });

  it("says in the file which ranks differ", () => {
    const { model } = lora({ rank: 2, targets: ["query", "key", "value"], ranks: { value: 4 } }).apply(toy, 1);
    const config = JSON.parse(adapterFiles(model)["adapter_config.json"]);
    expect(config).toMatchObject({
      r: 2,
      lora_alpha: 16,
      rank_pattern: { "layer.0.attention.value": 4 },
      alpha_pattern: {},
    });
  });

  it("renames layers both ways", async () => {
    const { model } = lora({ targets: ["query"] }).apply(toy, 1);
    const files = adapterFiles(model, { rename: (module) => `bert.${module}` });
    const back = loadAdapter(toy, files, { rename: (module) => module.slice("bert.".length) });
    expect(back.metadata).toEqual(model.metadata);
    expect(() => loadAdapter(toy, files)).toThrow(/the layer bert\.layer\.0\.attention\.query.*none/);
  });

  it("refuses models without adapters or with both kinds, and files of other methods", () => {
    expect(() => adapterFiles(toy)).toThrow(/got neither/);
    expect(() => adapterFiles(lora().apply(ia3().apply(toy, 1).model, 1).model)).toThrow(/got both/);
    const files = filesOf("lora");
    expect(() => loadAdapter(base, { ...files, "adapter_config.json": '{"peft_type":"VERA"}' })).toThrow(/VERA/);
    expect(() => loadAdapter(base, { ...files, "adapter_config.json": "{" })).toThrow(
      expect.objectContaining({ code: "nn/adapter-files" }),
    );
  });
});
