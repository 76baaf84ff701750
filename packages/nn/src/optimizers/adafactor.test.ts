import { checkOptimizer } from "../testing/check-optimizer.ts";
import { adafactor } from "./adafactor.ts";

checkOptimizer("adafactor", adafactor());
checkOptimizer("adafactorDecay", adafactor({ decay: 0.5, clip: 1.2, weightDecay: 0.1 }));
