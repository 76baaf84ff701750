import { parent } from "#parent";
import { SharedUpdate, type UpdatePlan } from "../update/shared-update.ts";

parent.listen((plan) => new SharedUpdate(plan as UpdatePlan).serve());
