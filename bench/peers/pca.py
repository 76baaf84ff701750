"""Answers {"x": file, "features", "components", "solver"}, a file of float32, with what scikit-learn's PCA finds and the seconds that it takes."""
import json, sys, time
import numpy as np
from sklearn.decomposition import PCA

last, x = None, None
for line in sys.stdin:
    task = json.loads(line)
    if task["x"] != last:
        last, x = task["x"], np.fromfile(task["x"], np.float32).reshape(-1, task["features"])
    model = PCA(task["components"], svd_solver=task["solver"], random_state=0)
    start = time.perf_counter()
    model.fit(x)
    middle = time.perf_counter()
    model.transform(x)
    answer = {"fit": middle - start, "transform": time.perf_counter() - middle}
    print(json.dumps(answer | {"axes": model.components_.tolist(), "variances": model.explained_variance_.tolist()}), flush=True)
