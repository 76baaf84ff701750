import { checkLoss } from "../testing/check-loss.ts";
import { tokenCrossEntropy } from "./token-cross-entropy.ts";

checkLoss("tokenCrossEntropy", tokenCrossEntropy);
