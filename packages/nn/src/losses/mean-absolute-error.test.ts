import { checkLoss } from "../testing/check-loss.ts";
import { meanAbsoluteError } from "./mean-absolute-error.ts";

checkLoss("meanAbsoluteError", meanAbsoluteError);
