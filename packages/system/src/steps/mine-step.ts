import { resolveOptions } from "@athanor/core";
import type { MinerDeclaration } from "../miner/define-miner.ts";
import { claimsOf, rankFindings } from "../miner/finding.ts";
import type { Step } from "../pipeline/step.ts";
import { openSources } from "../sources/open-sources.ts";
import { contribute, isIntact } from "./contribute.ts";
import { ingestName } from "./ingest-step.ts";

/** Findings that are kept, written to the graph and said. */
const most = 200;

/** Looks for patterns in the sources that a miner names, and writes what it finds to the graph. */
export function mineStep(name: string, { miner, options: given }: MinerDeclaration, seed: number): Step {
  const options = resolveOptions(`mine.${name}`, miner.options, given);
  const step = `mine:${name}`;
  return {
    name: step,
    needs: miner.reads(options).map(ingestName),
    declaration: [miner.name, options, seed],
    isIntact: isIntact(step),
    async run(context) {
      const { signal, onProgress } = context;
      const mined = await miner.mine({ name, options, seed, signal, onProgress, table: openSources(context).table });
      const findings = rankFindings(mined.findings).slice(0, most);
      const sentences = {
        en: findings.map(({ sentence }) => sentence.en),
        zh: findings.map(({ sentence }) => sentence.zh),
      };
      return contribute(step, context, claimsOf(step, findings), { ...mined, findings, sentences });
    },
  };
}
