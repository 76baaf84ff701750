import { adamW, initialize, type Loss, type Network } from "@athanor/nn";
import type { StepDefinition } from "@athanor/runtime";

/** The training step of a network without masks, on a batch of fixed size. */
export function stepOf(
  network: Network,
  { loss, batch, target }: { readonly loss: Loss; readonly batch: number; readonly target: readonly number[] },
): StepDefinition {
  const inputs = Object.entries(network.inputs).map(
    ([name, { dtype, shape }]) => [name, { dtype, shape: [batch, ...shape] }] as const,
  );
  return {
    inputs: { ...Object.fromEntries(inputs), target: { dtype: "int64", shape: [batch, ...target] } },
    parameters: initialize(network.parameters, 5),
    buffers: initialize(network.buffers, 5),
    optimizer: adamW(),
    build(g, values) {
      const moved: Record<string, (typeof values.buffers)[string]> = {};
      const output = network.build({
        g,
        ...values,
        isTraining: true,
        batch,
        mask: () => {
          throw new Error("bench: expected a network that draws no masks");
        },
        moveBuffer: (name, value) => {
          moved[name] = value;
        },
      });
      return { loss: loss.build(g, output, values.inputs.target!), buffers: moved };
    },
  };
}
