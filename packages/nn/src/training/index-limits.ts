import { AthanorError, type Tensor } from "@athanor/core";
import type { Attribute, GraphBuilder } from "@athanor/onnx";
import type { Feeds } from "../batch-source.ts";

/** An input whose whole numbers name classes, or rows of a table. */
export interface IndexLimit {
  readonly input: string;
  readonly kind: "label" | "index";
  /** The least number allowed, and the first too large. */
  readonly from: number;
  readonly to: number;
  /** A label that counts for nothing, whatever its number. */
  readonly ignored?: number | undefined;
}

/** Operators that hand numbers on as they are. */
const passing = new Set([
  "Reshape",
  "Cast",
  "Identity",
  "Unsqueeze",
  "Squeeze",
  "Flatten",
  "Transpose",
  "Slice",
  "Split",
]);

/** Finds the inputs of a graph that name classes or rows of tables, with what each may hold. */
export function indexLimits(g: GraphBuilder): readonly IndexLimit[] {
  const inputs = new Set(g.inputs.map(({ name }) => name));
  const makers = new Map(g.nodes.flatMap((node) => node.outputs.map(({ name }) => [name, node] as const)));
  const inputOf = (name: string | undefined): string | undefined => {
    if (name === undefined || inputs.has(name)) return name;
    const maker = makers.get(name);
    return maker && passing.has(maker.definition.name) ? inputOf(maker.inputs[0]?.name) : undefined;
  };
  return g.nodes.flatMap(({ definition, inputs: [first, second], attributes }): readonly IndexLimit[] => {
    const input = inputOf(second?.name);
    if (input === undefined) return [];
    if (definition.name === "SoftmaxCrossEntropyLoss") {
      const to = Number(first!.shape[1]);
      return [{ input, kind: "label", from: 0, to, ignored: wholeNumber(attributes.ignore_index) }];
    }
    if (definition.name !== "Gather") return [];
    const length = Number(first!.shape.at(wholeNumber(attributes.axis) ?? 0));
    return [{ input, kind: "index", from: -length, to: length }];
  });
}

const wholeNumber = (attribute: Attribute | undefined): number | undefined =>
  attribute?.kind === "int" ? Number(attribute.value) : undefined;

/** @throws `nn/label`, `nn/index` for a number outside its limits, with the row that holds it; `rows` names the rows of a batch */
export function checkIndices(limits: readonly IndexLimit[], feeds: Feeds, rows?: ArrayLike<number>): void {
  for (const { input, kind, from, to, ignored } of limits) {
    const tensor = feeds[input];
    if (tensor === undefined) continue;
    const at = firstOutside(tensor, from, to, ignored);
    if (at === undefined) continue;
    const own = Math.floor(at / (tensor.size / tensor.shape[0]!));
    const [row, value] = [rows?.[own] ?? own, Number(tensor.data[at])];
    const name = input.replace(/^target:$/, "the targets").replace(/^target:/, "");
    throw new AthanorError(
      `nn/${kind}`,
      kind === "label"
        ? `fit: expected labels of ${name} from 0 to ${to - 1}, got ${value} in row ${row}`
        : `fit: expected numbers of ${name} below ${to}, the rows of the table they are looked up in, got ${value} in row ${row}`,
      {
        fix:
          kind === "label"
            ? "Number the classes from 0, give the network as many outputs as there are, or name the label as the loss's ignoreIndex."
            : "Map what is unknown to a number of its own, or make the table larger.",
        details: { input, row, value, from, to },
      },
    );
  }
}

function firstOutside({ data }: Tensor, from: number, to: number, ignored: number | undefined): number | undefined {
  for (let i = 0; i < data.length; i++) {
    const value = Number(data[i]);
    if (!(value >= from && value < to) && value !== ignored) return i;
  }
  return undefined;
}
