import { checkLoss } from "../testing/check-loss.ts";
import { crf } from "./crf.ts";

checkLoss("crf", crf);
