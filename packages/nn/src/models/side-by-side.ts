import type { Value } from "@athanor/onnx";
import type { Loss } from "../loss.ts";
import type { Network } from "../network.ts";

/** Networks over the same inputs as one, which trains them in the same steps; outputs by their names. */
export function sideBySide(networks: Readonly<Record<string, Network>>): Network<Readonly<Record<string, Value>>> {
  const members = Object.entries(networks);
  const named = <E>(pick: (network: Network) => Readonly<Record<string, E>>): Record<string, E> =>
    Object.fromEntries(
      members.flatMap(([name, network]) =>
        Object.entries(pick(network)).map(([key, value]) => [`${name}.${key}`, value]),
      ),
    );
  return {
    name: `sideBySide(${members.map(([, network]) => network.name).join(", ")})`,
    inputs: Object.assign({}, ...members.map(([, { inputs }]) => inputs)),
    parameters: named(({ parameters }) => parameters),
    buffers: named(({ buffers }) => buffers),
    build: (context) =>
      Object.fromEntries(
        members.map(([name, network]) => {
          const own = (values: Readonly<Record<string, Value>>) =>
            Object.fromEntries(
              Object.entries(values).flatMap(([key, value]) =>
                key.startsWith(`${name}.`) ? [[key.slice(name.length + 1), value]] : [],
              ),
            );
          const { within } = context;
          const output = network.build({
            ...context,
            parameters: own(context.parameters),
            buffers: own(context.buffers),
            mask: (label, ...rest) => context.mask(`${name}.${label}`, ...rest),
            moveBuffer: (key, value) => context.moveBuffer(`${name}.${key}`, value),
            ...(within ? { within: (label, build) => within(`${name}.${label}`, build) } : {}),
          });
          return [name, output];
        }),
      ),
  };
}

/** The sum of a loss over the outputs of networks side by side, so that each learns as it would alone. */
export const eachAlone = (loss: Loss): Loss<Readonly<Record<string, Value>>> => ({
  name: `${loss.name} of each`,
  build: (g, outputs, targets) =>
    Object.values(outputs)
      .map((output) => loss.build(g, output, targets))
      .reduce((sum, each) => g.add(sum, each)),
});
