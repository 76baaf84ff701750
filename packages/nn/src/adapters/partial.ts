import type { Method } from "./method.ts";
import { type WeightRole, weightRoles } from "./weight-roles.ts";

const byRole = (name: string, wanted: readonly WeightRole[]): Method => ({
  name,
  options: {},
  apply: (model) => ({
    model,
    trains: [...weightRoles(model)].flatMap(([weight, role]) => (wanted.includes(role) ? [weight] : [])),
  }),
});

/** Trains every weight of the model. */
export const full = (): Method => byRole("full", ["weight", "bias", "norm"]);

/** Trains the new head and nothing of the model itself. */
export const headOnly = (): Method => byRole("headOnly", []);

/**
 * Trains biases only.
 *
 * @see Ben Zaken et al. 2021, "BitFit", https://arxiv.org/abs/2106.10199
 */
export const biasOnly = (): Method => byRole("biasOnly", ["bias"]);

/** Trains scales and shifts of normalisations only. */
export const normOnly = (): Method => byRole("normOnly", ["norm"]);
