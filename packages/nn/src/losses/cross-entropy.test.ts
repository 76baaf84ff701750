import { checkLoss } from "../testing/check-loss.ts";
import { crossEntropy } from "./cross-entropy.ts";

checkLoss("crossEntropy", crossEntropy);
