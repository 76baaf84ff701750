import { checkLoss } from "../testing/check-loss.ts";
import { klDivergence } from "./kl-divergence.ts";

checkLoss("klDivergence", klDivergence);
