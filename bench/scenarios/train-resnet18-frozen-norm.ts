import { compareTraining, type TrainingWorkload } from "../compare-training.ts";
import { resNet18 } from "./train-resnet18.ts";

/** ResNet-18 as in `train-resnet18`, its normalisation folded into biased convolutions. */
export const workload = (): TrainingWorkload => resNet18(false);

export const run = (log: (line: string) => void) => compareTraining(workload(), log);
