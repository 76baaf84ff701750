import { inSlices, int64, type Slices } from "@athanor/core";
import type { Model, Node } from "../model.ts";
import { deadCodeSlices } from "../rewrite/dead-code.ts";
import { typeSlices } from "../rewrite/graph-links.ts";
import { viewSlices } from "../rewrite/graph-view.ts";
import { plainNode } from "../rewrite/plain-node.ts";
import { storeTensor } from "../stored-tensor.ts";
import { partsNeeded } from "./parts-needed.ts";
import { placeOf, type Selection, selectedShape } from "./selection.ts";
import { isView } from "./selection-rules.ts";

/**
 * Selects before it computes: where only some places of an axis are read in the end, such as the first token of a text, what
 * computes each place on its own computes those alone.
 *
 * It belongs before differentiation, whose gradients read values whole.
 */
export const earlySelection = (model: Model): Promise<Model> => inSlices(selectionSlices(model));

function* selectionSlices(model: Model): Slices<Model> {
  const { graph } = model;
  yield* typeSlices(graph);
  const { view } = yield* viewSlices(graph);
  const { needs, partial, selectors } = yield* partsNeeded(graph, view);
  if (selectors.size === 0) return model;

  const nodes: Node[] = [];
  const initializers = new Map(graph.initializers);
  const integers = (stem: string, values: readonly number[]): string => {
    const name = view.fresh(stem);
    initializers.set(name, storeTensor(int64(values)));
    return name;
  };
  const shapeOf = (name: string, selection: Selection): readonly number[] => {
    const { shape } = view.type(name)!;
    return selectedShape(shape!, placeOf(selection, shape!)!, selection);
  };
  const cut = new Map<string, string>();
  /** The part of a value, which its producer gives, or which is cut out once. */
  const part = (name: string, selection: Selection): string => {
    const { count, inner, indices } = selection;
    const key = [name, count, inner, ...indices].join();
    const known = partial.has(view.producer(name)!) ? name : cut.get(key);
    if (known !== undefined) return known;
    const [apart, taken, to] = ["apart", "taken", "selected"].map((what) => view.fresh(`${name}_${what}`));
    const axis = { kind: "int", value: 1 } as const;
    nodes.push(
      plainNode("Reshape", [name, integers(`${to}_axes`, [-1, count, inner])], [apart!]),
      plainNode("Gather", [apart!, integers(`${to}_places`, indices)], [taken!], { attributes: { axis } }),
      plainNode("Reshape", [taken!, integers(`${to}_shape`, shapeOf(name, selection))], [to!]),
    );
    cut.set(key, to!);
    return to!;
  };
  for (const node of graph.nodes) {
    yield;
    const [y] = node.outputs as [string];
    const selector = selectors.get(node);
    const parts = partial.get(node);
    if (selector) {
      const x = part(node.inputs[0]!, selector.selection);
      const { removes } = selector;
      nodes.push(
        removes === undefined
          ? plainNode("Identity", [x], [y])
          : plainNode("Squeeze", [x, integers(`${y}_axis`, [removes])], [y]),
      );
    } else if (parts) {
      const inputs = node.inputs.map((name, i) => (parts[i] === "all" || name === "" ? name : part(name, parts[i]!)));
      const target = () => integers(`${y}_shape`, shapeOf(y, needs.get(y) as Selection));
      nodes.push(isView(node) ? plainNode("Reshape", [inputs[0]!, target()], [y]) : { ...node, inputs });
    } else nodes.push(node);
  }
  const values = graph.values.filter(({ name }) => !partial.has(view.producer(name)!));
  return yield* deadCodeSlices({ ...model, graph: { ...graph, nodes, initializers, values } });
}
