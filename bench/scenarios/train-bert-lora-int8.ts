import { bert } from "../bert.ts";
import { compareTraining, type TrainingWorkload } from "../compare-training.ts";
import { trainCurve } from "../train-curve.ts";

/** The network of `train-bert-lora` over a base of whole numbers of 8 bits, beside PyTorch in float32. */
export const workload = (): TrainingWorkload => bert("lora", { quantize: { precision: "int8" } });

const steps = 300;

export async function run(log: (line: string) => void): Promise<Record<string, unknown>> {
  const speed = await compareTraining(workload(), log);
  const { threads, megabytes } = { threads: Number(speed.threads), megabytes: speed.peakMegabytes };
  const [quantised, exact] = [
    await trainCurve("train-bert-lora-int8", steps, threads),
    await trainCurve("train-bert-lora", steps, threads),
  ];
  const [loss, exactLoss] = [quantised.losses.at(-1)!, exact.losses.at(-1)!];
  return {
    ...speed,
    peakMegabytes: { ...(megabytes as object), int8: quantised.peakMegabytes, float32: exact.peakMegabytes },
    loss: { steps, int8: loss, float32: exactLoss, difference: Math.abs(loss - exactLoss) / exactLoss },
  };
}
