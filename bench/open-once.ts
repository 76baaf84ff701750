import { stat } from "node:fs/promises";
import { openModelFile } from "@athanor/onnx";

/** Opens the model of the path given, in a process of its own, and prints what that took. */
const path = process.argv[2]!;
const { rss } = process.memoryUsage();
const from = performance.now();
const model = await openModelFile(path);
const seconds = (performance.now() - from) / 1000;
// The peak, not what is left: a second copy that lives for a moment counts. Node and the code were there before.
const peak = 1024 * process.resourceUsage().maxRSS;
const memoryOverSize = (peak - rss) / (await stat(path)).size;
console.log(JSON.stringify({ seconds, memoryOverSize, weights: model.graph.initializers.size }));
