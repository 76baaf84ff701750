import { checkLoss } from "../testing/check-loss.ts";
import { binaryCrossEntropy } from "./binary-cross-entropy.ts";

checkLoss("binaryCrossEntropy", binaryCrossEntropy);
