import { execFileSync } from "node:child_process";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { float32 } from "@athanor/core";
import { GraphBuilder, writeModel } from "@athanor/onnx";
import { median } from "../median.ts";
import { startPeer } from "../peer.ts";

const openOnce = fileURLToPath(new URL("../open-once.ts", import.meta.url));
const layers = 125;
const width = 1024;
const rounds = 5;

/** Half a gigabyte of weights from a file into a model, beside the onnx package for Python. */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), "athanor-bench-"));
  try {
    const path = join(folder, "model.onnx");
    await writeFile(path, largeModel());
    const { size } = await stat(path);
    await using peer = startPeer("open_model.py");
    const seconds: Record<"own" | "peer", number[]> = { own: [], peer: [] };
    const memory: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const opened = JSON.parse(execFileSync(process.execPath, [openOnce, path], { encoding: "utf8" }));
      if (opened.weights !== layers) throw new Error("bench: expected the whole model");
      seconds.own.push(opened.seconds);
      memory.push(opened.memoryOverSize);
      seconds.peer.push((await peer.ask<{ seconds: number }>({ path })).seconds);
      log(`own ${seconds.own.at(-1)!.toFixed(2)} s, onnx ${seconds.peer.at(-1)!.toFixed(2)} s`);
    }
    return {
      megabytes: size / 1e6,
      seconds: median(seconds.own),
      peerSeconds: median(seconds.peer),
      memoryOverSize: median(memory),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function largeModel(): Uint8Array {
  const g = new GraphBuilder();
  let x = g.input("x", "float32", ["n", width]);
  for (let layer = 0; layer < layers; layer++) {
    const weight = float32(new Float32Array(width * width).fill(layer), [width, width]);
    x = g.matMul(x, g.initializer(`w${layer}`, weight));
  }
  g.output("y", x);
  return writeModel(g.build());
}
