"""Answers {"points": file, "initial": file, "features": ...}, files of doubles, with what scikit-learn's k-means finds and takes."""
import json, sys, time
import numpy as np
from sklearn.cluster import KMeans

for line in sys.stdin:
    request = json.loads(line)
    points, initial = (np.fromfile(request[name]).reshape(-1, request["features"]) for name in ("points", "initial"))
    seconds = {}
    for algorithm in ("lloyd", "elkan"):
        start = time.perf_counter()
        model = KMeans(len(initial), init=initial, n_init=1, tol=0, max_iter=request["maxIterations"], algorithm=algorithm).fit(points)
        seconds[algorithm] = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "inertia": model.inertia_, "iterations": model.n_iter_}), flush=True)
