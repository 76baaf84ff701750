import { checkLoss } from "../testing/check-loss.ts";
import { focal } from "./focal.ts";

checkLoss("focal", focal);
