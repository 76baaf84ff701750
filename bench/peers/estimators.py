"""Answers {"name", "options", "x", "y", "testX", "testY", "features"} with the seconds that scikit-learn's estimator takes to fit and predict, and how well it does.

Files hold float32 samples and int32 classes."""
import json, sys, time
import numpy as np
from sklearn.decomposition import PCA
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

makers = {"svc": SVC, "forest": RandomForestClassifier, "boosting": HistGradientBoostingClassifier, "logistic": LogisticRegression, "knn": KNeighborsClassifier, "pca": PCA}
last, data = None, None
for line in sys.stdin:
    task = json.loads(line)
    files = [task[key] for key in ("x", "y", "testX", "testY")]
    if files != last:
        samples = lambda file: np.fromfile(file, np.float32).reshape(-1, task["features"])
        data = samples(files[0]), np.fromfile(files[1], np.int32), samples(files[2]), np.fromfile(files[3], np.int32)
        last = files
    x, y, test_x, test_y = data
    model = makers[task["name"]](**task["options"])
    start = time.perf_counter()
    model.fit(x, y)
    answer = {"fit": time.perf_counter() - start}
    start = time.perf_counter()
    predicted = model.transform(test_x) if task["name"] == "pca" else model.predict(test_x)
    answer["predict"] = time.perf_counter() - start
    if task["name"] == "svc":
        answer["vectors"] = int(model.n_support_.sum())
    if task["name"] == "pca":
        answer["score"] = float(model.explained_variance_ratio_.sum())
    else:
        answer["score"] = float(np.mean(predicted == test_y))
    if task["name"] == "logistic":
        p = model.predict_proba(x)
        penalty = np.sum(model.coef_.astype(np.float64) ** 2) / (2 * model.C)
        answer["loss"] = float((penalty - np.sum(np.log(np.maximum(p[np.arange(len(y)), y], 1e-300)))) / len(y))
    print(json.dumps(answer), flush=True)
