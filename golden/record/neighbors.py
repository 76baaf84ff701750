"""Records what scikit-learn's neighbours predict under each metric, on the samples in golden/ml/classical.json: python golden/record/neighbors.py"""
import json, pathlib
import numpy as np, sklearn
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

folder = pathlib.Path(__file__).parent.parent / "ml"
samples = json.loads((folder / "classical.json").read_text())["data"]
records = []
for kind, sets in (("classifier", ("iris", "wine", "cancer", "digits")), ("regressor", ("diabetes", "concrete"))):
    for name in sets:
        x, test = (np.float64(np.float32(samples[name][part])) for part in ("x", "testX"))
        for metric in ("euclidean", "manhattan", "cosine"):
            for weights in ("uniform", "distance"):
                make = KNeighborsClassifier if kind == "classifier" else KNeighborsRegressor
                model = make(6, weights=weights, metric=metric, algorithm="brute").fit(x, samples[name]["y"])
                distances, _ = model.kneighbors(test)
                values = model.predict_proba(test) if kind == "classifier" else model.predict(test)
                plain = lambda array: [float("%.9g" % value) for value in np.ravel(array)]
                records.append({"kind": kind, "set": name, "metric": metric, "weights": weights, "distances": plain(distances), "values": plain(values)})
(folder / "neighbors.json").write_text(json.dumps({"sklearn": sklearn.__version__, "records": records}) + "\n")
