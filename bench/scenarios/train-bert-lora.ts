import { bert } from "../bert.ts";
import { compareTraining, type TrainingWorkload } from "../compare-training.ts";

/** A Transformer encoder of 4 layers, 512 wide, 8 heads, 128 tokens, batch 16: LoRA of rank 8 on queries and values, the base frozen. */
export const workload = (): TrainingWorkload => bert("lora");

export const run = (log: (line: string) => void) => compareTraining(workload(), log);
