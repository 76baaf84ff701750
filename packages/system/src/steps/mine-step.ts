import { resolveOptions } from "@athanor/core";
import type { MinerDeclaration } from "../miner/define-miner.ts";
import type { Step } from "../pipeline/step.ts";
import { openSources } from "../sources/open-sources.ts";
import { ingestName } from "./ingest-step.ts";

/** Looks for patterns in the sources that a miner names. */
export function mineStep(name: string, { miner, options: given }: MinerDeclaration, seed: number): Step {
  const options = resolveOptions(`mine.${name}`, miner.options, given);
  return {
    name: `mine:${name}`,
    needs: miner.reads(options).map(ingestName),
    declaration: [miner.name, options, seed],
    async run(context) {
      const { signal, onProgress } = context;
      const findings = await miner.mine({ name, options, seed, signal, onProgress, table: openSources(context).table });
      return { objects: {}, data: { ...findings } };
    },
  };
}
