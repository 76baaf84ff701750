/** Trains adapters on golden/nn/peft/base.onnx and writes them for `python golden/record/nn_peft.py check FOLDER`. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { int64 } from "@athanor/core";
import { adapterFiles, fineTune, ia3, lora } from "@athanor/nn";
import { readModel, writeModel } from "@athanor/onnx";
import { openSession } from "@athanor/runtime";

const folder = process.argv[2];
if (folder === undefined) throw new Error("Give the folder to write to.");
const golden = (name: string) => readFileSync(new URL(`../golden/nn/peft/${name}`, import.meta.url));
const { ids, shape } = JSON.parse(golden("outputs.json").toString("utf8"));
const x = { ids: int64(ids, shape) };
const methods = {
  lora: lora({ rank: 2, ranks: { value: 3 }, alphas: { query: 5 } }),
  rslora: lora({ rank: 4, rankStabilised: true }),
  dora: lora({ rank: 2, magnitude: true, targets: ["query", "value", "dense", "classifier"] }),
  ia3: ia3(),
};
for (const [name, method] of Object.entries(methods)) {
  const { model } = await fineTune({
    base: readModel(golden("base.onnx")),
    data: { x, y: int64([0, 1, 2]) },
    method,
    batchSize: 3,
    epochs: 20,
    learningRate: 0.05,
    seed: 1,
  });
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const [file, content] of Object.entries(adapterFiles(model))) writeFileSync(join(path, file), content);
  await using session = await openSession(writeModel(model), { threads: 1 });
  const { logits } = await session.run(x);
  writeFileSync(join(path, "logits.json"), JSON.stringify([...(logits!.data as Float32Array)]));
}
