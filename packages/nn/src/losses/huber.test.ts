import { checkLoss } from "../testing/check-loss.ts";
import { huber } from "./huber.ts";

checkLoss("huber", huber);
