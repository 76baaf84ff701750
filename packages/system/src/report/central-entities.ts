import { connectedComponents, type Graph, pageRank, projectGraph } from "@athanor/knowledge";
import { findingType } from "../miner/finding.ts";
import type { GraphReport } from "./report-data.ts";

/** What the graph's relations say of it as a whole: who is central, and how far it hangs together. */
export function centralEntities(
  graph: Graph,
  limit = 10,
): Pick<GraphReport, "central" | "components" | "largestComponent"> {
  const projection = projectGraph(graph, { withoutTypes: [findingType], direction: "both" });
  const ranks = pageRank(projection);
  const order = Array.from(ranks, (_, i) => i).sort((a, b) => ranks[b]! - ranks[a]! || a - b);
  const entity = graph.connection.prepare("select name, type from entity where id = ?");
  const components = connectedComponents(projection);
  const inLargest = components.filter((component) => component === 0).length;
  return {
    central: order.slice(0, limit).map((i) => ({
      ...(entity.get(projection.ids[i]!) as { name: string; type: string }),
      share: ranks[i]!,
    })),
    components: components.reduce((most, component) => Math.max(most, component + 1), 0),
    largestComponent: inLargest / Math.max(1, components.length),
  };
}
