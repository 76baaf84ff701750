import { float32 } from "@athanor/core";
import { GraphBuilder } from "@athanor/onnx";
import { compile } from "../compile.ts";
import { compileStep } from "../compile-step.ts";
import { openHandles } from "../held.ts";
import { openSession } from "../open-session.ts";

const collect = (globalThis as { gc?: () => void }).gc!;
const kinds = () => openHandles().map(({ kind }) => kind);

async function useAndForget() {
  const g = new GraphBuilder();
  g.output("y", g.mul(g.input("x", "float32", []), 2));
  const session = await openSession(g.build());
  const { y } = await session.run({ x: float32([1], []) });

  const triple = compile((g, x: Parameters<typeof g.neg>[0]) => g.mul(x, 3));
  const tripled = await triple(float32([2], []));

  const step = await compileStep({
    inputs: { x: { dtype: "float32", shape: [] } },
    parameters: { w: float32([2], []) },
    optimizer: {
      name: "descent",
      slots: () => ({}),
      update: (g, { parameter, gradient, learningRate }) => ({
        parameter: g.sub(parameter, g.mul(gradient, learningRate)),
        slots: {},
      }),
    },
    build: (g, { inputs, parameters }) => ({ loss: g.mul(inputs.x!, parameters.w!) }),
  });
  const held = kinds();
  const { loss } = await step.run({ x: float32([2], []) }, { learningRate: 0.1 });
  return { held, answers: [Number(y!.data[0]), Number(tripled.data[0]), loss] };
}

const told = await useAndForget();
for (let turn = 0; turn < 100 && openHandles().length > 0; turn++) {
  collect();
  await new Promise((resolve) => setTimeout(resolve, 10));
}
process.stdout.write(JSON.stringify({ ...told, left: kinds() }));
