import { checkOptimizer } from "../testing/check-optimizer.ts";
import { adamW } from "./adam-w.ts";

checkOptimizer("adamW", adamW({ weightDecay: 0.1 }));
