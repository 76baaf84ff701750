import { checkOptimizer } from "../testing/check-optimizer.ts";
import { sgd } from "./sgd.ts";

checkOptimizer("sgd", sgd());
checkOptimizer("sgdDecay", sgd({ momentum: 0.5, weightDecay: 0.1 }));
checkOptimizer("sgdMomentum", sgd({ momentum: 0.9, weightDecay: 0.01, nesterov: true }));
