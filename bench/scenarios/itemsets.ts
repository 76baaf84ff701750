import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { frequentItemsets, transactionsFrom } from "@athanor/mining";
import { median } from "../median.ts";
import { startPeer } from "../peer.ts";

const folder = resolve(process.env.ATHANOR_DATA ?? "../shared/data");
const rounds = 3;
/** mlxtend takes minutes where there are many items; it runs once. */
const sets = [
  { name: "mushroom", file: "fimi/mushroom.dat.gz", separator: " ", support: 0.1 },
  { name: "retail", file: "fimi/retail.dat.gz", separator: " ", support: 0.0005 },
  { name: "groceries", file: "groceries/groceries.csv", separator: ",", support: 0.001 },
];

interface Answer {
  readonly count: number;
  readonly seconds: number;
}

/**
 * Frequent itemsets from lists of strings, beside mlxtend and Borgelt's C code (PyFIM, the faster of its Eclat and its
 * FP-growth), which `ATHANOR_BENCH_SITE` names the folder of: `pip install --target FOLDER mlxtend pyfim`.
 */
export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  await using peer = startPeer("itemsets.py");
  const figures: Record<string, unknown> = {};
  for (const { name, file, separator, support } of sets) {
    const path = join(folder, file);
    const bytes = readFileSync(path);
    const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString().trimEnd();
    const rows = text.split("\n").map((line) => line.replace(/ ?\r?$/, "").split(separator));
    const ask = (by: string) => peer.ask<Answer>({ file: path, separator, support, by });
    const ours: number[] = [];
    const pyfim: Answer[] = [];
    let count = 0;
    for (let round = 0; round < rounds; round++) {
      const from = performance.now();
      count = (await frequentItemsets(transactionsFrom(rows), { minSupport: support })).counts.length;
      ours.push((performance.now() - from) / 1000);
      pyfim.push(await ask("pyfim"));
    }
    const mlxtend = await ask("mlxtend");
    const own = median(ours);
    const versus = (seconds: number) => seconds / own;
    log(
      `${name}: ${count} sets in ${own.toFixed(3)} s (best ${Math.min(...ours).toFixed(3)}); PyFIM ${pyfim[0]!.count} in ${median(pyfim.map(({ seconds }) => seconds)).toFixed(3)} s; mlxtend ${mlxtend.count} in ${mlxtend.seconds.toFixed(2)} s`,
    );
    figures[name] = {
      count,
      seconds: own,
      pyfimCount: pyfim[0]!.count,
      timesPyfim: median(pyfim.map(({ seconds }, round) => seconds / ours[round]!)),
      mlxtendCount: mlxtend.count,
      timesMlxtend: versus(mlxtend.seconds),
    };
  }
  return figures;
}
