"""Answers {"library", "name", "isClass", "rounds", "threads"} with the seconds of a fit, its loss and the peak memory; data lies in the folder ATHANOR_BENCH_DATA."""
import json, os, pathlib, resource, sys, time
import numpy as np

folder = pathlib.Path(os.environ["ATHANOR_BENCH_DATA"])
for line in sys.stdin:
    task = json.loads(line)
    name, rounds, is_class = task["name"], task["rounds"], task["isClass"]
    y = np.fromfile(folder / f"{name}.y", np.float64)
    x = np.fromfile(folder / f"{name}.x", np.float32).reshape(len(y), -1)
    if task["library"] == "lightgbm":
        import lightgbm

        settings = dict(n_estimators=rounds, num_leaves=31, learning_rate=0.1, min_child_samples=20, max_bin=255, n_jobs=task["threads"], verbose=-1)
        model = (lightgbm.LGBMClassifier if is_class else lightgbm.LGBMRegressor)(**settings)
    else:
        from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

        model = (HistGradientBoostingClassifier if is_class else HistGradientBoostingRegressor)(max_iter=rounds, early_stopping=False)
    start = time.perf_counter()
    model.fit(x, y)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    from sklearn.metrics import log_loss, mean_squared_error

    part = slice(None, None, max(1, len(y) // 50_000))
    loss = log_loss(y[part], model.predict_proba(x[part])) if is_class else mean_squared_error(y[part], model.predict(x[part]))
    print(json.dumps({"seconds": seconds, "loss": loss, "megabytes": peak}), flush=True)
