import { checkLoss } from "../testing/check-loss.ts";
import { ctc } from "./ctc.ts";

checkLoss("ctc", ctc);
