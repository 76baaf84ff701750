import { checkOptimizer } from "../testing/check-optimizer.ts";
import { sgd } from "./sgd.ts";

checkOptimizer("sgd", sgd());
checkOptimizer("sgdMomentum", sgd({ momentum: 0.9, weightDecay: 0.01, nesterov: true }));
