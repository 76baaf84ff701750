"""Records networkx's graph algorithms for packages/knowledge: python golden/record/knowledge.py"""
import json, pathlib, random
import networkx

random.seed(5)
folder = pathlib.Path(__file__).parent.parent / "knowledge"


def record(title, count, edges):
    """Nodes are numbered from 0; parallel edges count by their number, a node without edges out jumps anywhere."""
    graph = networkx.DiGraph()
    graph.add_nodes_from(range(count))
    for a, b in edges:
        weight = graph.get_edge_data(a, b, {"weight": 0})["weight"]
        graph.add_edge(a, b, weight=weight + 1)
    ranks = networkx.pagerank(graph, alpha=0.85, tol=1e-14, max_iter=10_000, weight="weight")
    components = [sorted(each) for each in networkx.weakly_connected_components(graph)]
    return {
        "title": title, "count": count, "edges": edges,
        "pageRank": [ranks[node] for node in range(count)],
        "components": sorted(components, key=lambda each: (-len(each), each[0])),
    }


def drawn(count, edges):
    return [[random.randrange(count), random.randrange(count)] for _ in range(edges)]


records = [
    record("a circle", 4, [[0, 1], [1, 2], [2, 3], [3, 0]]),
    record("a star and a lone node", 5, [[1, 0], [2, 0], [3, 0]]),
    record("parallel edges and a loop", 3, [[0, 1], [0, 1], [0, 2], [2, 2], [1, 0]]),
    record("drawn, sparse", 40, drawn(40, 35)),
    record("drawn, dense", 25, drawn(25, 160)),
]
(folder / "algorithms.json").write_text(json.dumps({"networkx": networkx.__version__, "records": records}) + "\n")
