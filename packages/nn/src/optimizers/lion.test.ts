import { checkOptimizer } from "../testing/check-optimizer.ts";
import { lion } from "./lion.ts";

checkOptimizer("lion", lion());
checkOptimizer("lionDecay", lion({ beta1: 0.8, beta2: 0.95, weightDecay: 0.1 }));
