import { checkLoss } from "../testing/check-loss.ts";
import { crossEntropy } from "./cross-entropy.ts";

checkLoss("crossEntropy", crossEntropy(), "labels");
checkLoss("crossEntropySmoothed", crossEntropy({ labelSmoothing: 0.1 }), "labels");
