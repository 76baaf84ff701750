"""Records scikit-learn's scores and coefficients for packages/ml: python golden/record/ml.py"""
import json, pathlib
import numpy as np, sklearn
from sklearn import datasets, metrics
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor, RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

folder = pathlib.Path(__file__).parent.parent / "ml"
rng = np.random.default_rng(5)


def split(x, y):
    order = rng.permutation(len(x))
    cut = len(x) * 2 // 3
    return [part.astype(np.float32) if part.ndim == 2 else part for part in (x[order[:cut]], y[order[:cut]], x[order[cut:]], y[order[cut:]])]


def standard(x):
    return (x - x.mean(0)) / x.std(0)


sets = {}
for name, load in {"iris": datasets.load_iris, "wine": datasets.load_wine}.items():
    x, y = load(return_X_y=True)
    sets[name] = split(standard(x), y)
x, y = datasets.load_diabetes(return_X_y=True)
sets["diabetes"] = split(standard(x), y)

plain = lambda array: np.asarray(array, dtype=np.float64).round(7).tolist()
data = {name: {"x": plain(a), "y": plain(b), "testX": plain(c), "testY": plain(d)} for name, (a, b, c, d) in sets.items()}
records = {}
for name in ("iris", "wine"):
    a, b, c, d = sets[name]
    classifiers = {
        "decisionTreeClassifier": lambda seed: DecisionTreeClassifier(random_state=seed),
        "randomForestClassifier": lambda seed: RandomForestClassifier(100, random_state=seed),
        "extraTreesClassifier": lambda seed: ExtraTreesClassifier(100, random_state=seed),
    }
    for key, make in classifiers.items():
        records.setdefault(key, {})[name] = {"score": float(np.mean([make(seed).fit(a, b).score(c, d) for seed in range(10)]))}
    model = LogisticRegression(tol=1e-8, max_iter=5000).fit(a, b)
    records.setdefault("logisticRegression", {})[name] = {"score": model.score(c, d), "coefficients": plain(model.coef_), "intercepts": plain(model.intercept_ - model.intercept_.mean())}
    binary = b > 0
    model = LogisticRegression(tol=1e-8, max_iter=5000).fit(a, binary)
    records["logisticRegression"][f"{name} binary"] = {"score": model.score(c, d > 0), "coefficients": plain(model.coef_), "intercepts": plain(model.intercept_)}
a, b, c, d = sets["diabetes"]
for key, make in {"decisionTreeRegressor": lambda seed: DecisionTreeRegressor(max_depth=3, random_state=seed), "randomForestRegressor": lambda seed: RandomForestRegressor(100, max_features=1 / 3, random_state=seed), "extraTreesRegressor": lambda seed: ExtraTreesRegressor(100, random_state=seed)}.items():
    records.setdefault(key, {})["diabetes"] = {"score": float(np.mean([make(seed).fit(a, b).score(c, d) for seed in range(10)]))}

truth = rng.integers(0, 3, 40)
probabilities = rng.dirichlet(np.ones(3), 40).round(2) + 1e-9
probabilities /= probabilities.sum(1, keepdims=True)
predicted = probabilities.argmax(1)
report = metrics.classification_report(truth, predicted, output_dict=True)
scores = {
    "truth": truth.tolist(), "probabilities": probabilities.ravel().tolist(), "predicted": predicted.tolist(),
    "accuracy": metrics.accuracy_score(truth, predicted), "confusion": metrics.confusion_matrix(truth, predicted).tolist(),
    "report": report, "rocAuc": metrics.roc_auc_score(truth, probabilities, multi_class="ovr"), "binaryRocAuc": metrics.roc_auc_score(truth == 1, probabilities[:, 1]),
    "logLoss": metrics.log_loss(truth, probabilities),
}
(folder / "estimators.json").write_text(json.dumps({"sklearn": sklearn.__version__, "data": data, "records": records}) + "\n")
(folder / "metrics.json").write_text(json.dumps({"sklearn": sklearn.__version__, **scores}) + "\n")
