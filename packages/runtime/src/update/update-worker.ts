import { workerData } from "node:worker_threads";
import { SharedUpdate, type UpdatePlan } from "./shared-update.ts";

new SharedUpdate(workerData as UpdatePlan).serve();
