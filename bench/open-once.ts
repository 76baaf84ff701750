import { stat } from "node:fs/promises";
import { openModelFile } from "@athanor/onnx";

/** Opens the model of the path given, in a process of its own, and prints what that took. */
const path = process.argv[2]!;
const { rss } = process.memoryUsage();
const from = performance.now();
const model = await openModelFile(path);
const seconds = (performance.now() - from) / 1000;
const memoryOverSize = (process.memoryUsage().rss - rss) / (await stat(path)).size;
console.log(JSON.stringify({ seconds, memoryOverSize, weights: model.graph.initializers.size }));
