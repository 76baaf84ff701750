import { checkOptimizer } from "../testing/check-optimizer.ts";
import { adam } from "./adam.ts";

checkOptimizer("adam", adam());
checkOptimizer("adamDecay", adam({ weightDecay: 0.1, beta1: 0.8 }));
