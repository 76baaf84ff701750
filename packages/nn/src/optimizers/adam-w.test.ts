import { checkOptimizer } from "../testing/check-optimizer.ts";
import { adamW } from "./adam-w.ts";

checkOptimizer("adamW", adamW({ weightDecay: 0.1 }));
checkOptimizer("adamWPlain", adamW({ weightDecay: 0, beta1: 0.8, beta2: 0.95, epsilon: 1e-4 }));
