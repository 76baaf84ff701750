import { checkLoss } from "../testing/check-loss.ts";
import { infoNce } from "./info-nce.ts";

checkLoss("infoNce", infoNce);
