import { threads } from "#threads";
import { SharedUpdate, type UpdatePlan } from "../update/shared-update.ts";

threads.listen((plan) => new SharedUpdate(plan as UpdatePlan).serve());
