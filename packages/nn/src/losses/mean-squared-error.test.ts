import { checkLoss } from "../testing/check-loss.ts";
import { meanSquaredError } from "./mean-squared-error.ts";

checkLoss("meanSquaredError", meanSquaredError);
