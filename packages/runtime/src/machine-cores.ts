import { threads } from "#threads";
import { Cores } from "./cores.ts";

/** The cores of this machine, for all threads that run models. */
export const machineCores = new Cores(threads.available());
