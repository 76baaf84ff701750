import { parentPort, workerData } from "node:worker_threads";
import type { BoostPlan } from "./boost-plan.ts";
import { boostRounds } from "./boost-rounds.ts";
import { BoostViews } from "./boost-views.ts";
import { Team } from "./team.ts";

const { plan, thread } = workerData as { readonly plan: BoostPlan; readonly thread: number };
const views = new BoostViews(plan, thread);
boostRounds(plan, views, new Team(views.control, thread, plan.threads), (message) => parentPort!.postMessage(message));
