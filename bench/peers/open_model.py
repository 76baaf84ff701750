"""Answers {"path": ...} with what opening a model by the onnx package takes."""
import json, resource, sys, time
import onnx

for line in sys.stdin:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    model = onnx.load(json.loads(line)["path"])
    seconds = time.perf_counter() - start
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(json.dumps({"seconds": seconds, "megabytes": grown / 1024, "nodes": len(model.graph.node)}), flush=True)
