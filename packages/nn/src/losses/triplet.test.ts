import { checkLoss } from "../testing/check-loss.ts";
import { triplet } from "./triplet.ts";

checkLoss("triplet", triplet);
