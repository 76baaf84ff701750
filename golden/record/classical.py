"""Records what scikit-learn's estimators without random draws predict, for packages/ml: python golden/record/classical.py

Regression tables are read from the folder $ATHANOR_DATA/tabular."""
import json, os, pathlib
import numpy as np, sklearn
from sklearn import datasets
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis
from sklearn.calibration import CalibratedClassifierCV
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import StackingRegressor, VotingClassifier, VotingRegressor
from sklearn.frozen import FrozenEstimator
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import LeaveOneOut
from sklearn.naive_bayes import BernoulliNB, CategoricalNB, ComplementNB, GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.svm import SVC, SVR, LinearSVC, LinearSVR
from sklearn.tree import DecisionTreeRegressor

rng = np.random.default_rng(7)
tables = pathlib.Path(os.environ["ATHANOR_DATA"]) / "tabular"


def split(x, y):
    """90 rows to learn from and 8 to predict, columns over their largest value: small, scaled and never negative."""
    order = rng.permutation(len(x))[:98]
    x, y = np.abs(x[order] / np.abs(x[order]).max(0).clip(1e-9)).round(4).astype(np.float32), y[order]
    return x[:90], y[:90], x[90:]


def table(name):
    rows = np.loadtxt(tables / f"{name}.csv", delimiter=",", skiprows=1)
    return rows[:, :-1], rows[:, -1]


cancer = datasets.load_breast_cancer(return_X_y=True)
digits = datasets.load_digits(n_class=4, return_X_y=True)
blocks = digits[0].reshape(-1, 4, 2, 4, 2).mean((2, 4)).reshape(-1, 16)
classes = {
    "iris": split(*datasets.load_iris(return_X_y=True)), "wine": split(*datasets.load_wine(return_X_y=True)),
    "cancer": split(cancer[0][:, :10], cancer[1]), "digits": split(blocks, digits[1]),
}
numbers = {"diabetes": split(*datasets.load_diabetes(return_X_y=True)), **{name: split(*table(name)) for name in ("concrete", "boston_housing", "winequality_red")}}


def named(x, y, test):
    """Columns cut in four, each part a name by its place among those that occur; unseen names become the nearest."""
    cut = lambda rows: np.minimum((rows * 4).astype(int), 3)
    columns = [np.unique(column) for column in cut(x).T]
    place = lambda rows: np.stack([np.abs(known[:, None] - column).argmin(0) for known, column in zip(columns, cut(rows).T)], 1).astype(np.float32)
    return place(x), y, place(test)


names = {f"{name} names": named(*classes[name]) for name in classes}
plain = lambda array, digits=9: [float(f"%.{digits}g" % value) for value in np.ravel(array)]
data = {name: {"x": [plain(row, 5) for row in x], "y": np.asarray(y).tolist(), "testX": [plain(row, 5) for row in test]} for name, (x, y, test) in {**classes, **numbers, **names}.items()}
records = {}


def softmax_of_decisions(model, x):
    """Of two classes, the sigmoid of the only decision; otherwise of votes with a share for confidence."""
    scores = model.decision_function(x)
    scores = np.stack([0 * scores, scores], 1) if scores.ndim == 1 else scores
    scores = np.exp(scores - scores.max(1, keepdims=True))
    return scores / scores.sum(1, keepdims=True)


weights = 0.5 + np.arange(90) % 3
kinds = {"class": classes, "number": numbers, "name": names}


def record(name, kind, make, options=None, linear=False, scores=None, weighed=False):
    for key, (x, y, test) in kinds[kind].items():
        x, test = x.astype(np.float64), test.astype(np.float64)
        model = make().fit(x, y, sample_weight=weights) if weighed else make().fit(x, y)
        values = model.predict_proba(test) if hasattr(model, "predict_proba") else model.predict(test)
        entry = {"set": key, "options": options or {}, "labels" if kind == "class" and not hasattr(model, "predict_proba") else "values": plain(values)}
        if weighed:
            entry["sampleWeight"] = weights.tolist()
        if scores:
            entry["values"] = plain(scores(model, test))
        if linear:
            entry |= {"coefficients": plain(model.coef_), "intercepts": plain(model.intercept_)}
            if kind == "class" and len(model.classes_) == 2:
                entry["coefficients"] = [0.0] * x.shape[1] + entry["coefficients"]
                entry["intercepts"] = [0.0] + entry["intercepts"]
        records.setdefault(name, []).append(entry)


record("linearRegression", "number", LinearRegression, linear=True)
record("ridge", "number", lambda: Ridge(alpha=0.5, solver="svd"), {"alpha": 0.5}, linear=True)
exact = {"tol": 1e-13, "maxIter": 100000}
record("lasso", "number", lambda: Lasso(alpha=0.05, tol=1e-13, max_iter=100000), {"alpha": 0.05, **exact}, linear=True)
record("elasticNet", "number", lambda: ElasticNet(alpha=0.05, l1_ratio=0.7, tol=1e-13, max_iter=100000), {"alpha": 0.05, "l1Ratio": 0.7, **exact}, linear=True)
record("gaussianNaiveBayes", "class", GaussianNB)
record("multinomialNaiveBayes", "class", lambda: MultinomialNB(alpha=0.5), {"alpha": 0.5})
record("complementNaiveBayes", "class", ComplementNB)
record("complementNaiveBayes", "class", lambda: ComplementNB(norm=True), {"norm": True})
record("bernoulliNaiveBayes", "class", lambda: BernoulliNB(binarize=0.41235), {"binarize": 0.41235})
for name, kind, make in (("kNeighborsClassifier", "class", KNeighborsClassifier), ("kNeighborsRegressor", "number", KNeighborsRegressor)):
    record(name, kind, lambda: make(5), {"nNeighbors": 5})
    record(name, kind, lambda: make(7, weights="distance"), {"nNeighbors": 7, "weights": "distance"})
record("linearDiscriminantAnalysis", "class", LinearDiscriminantAnalysis)
record("quadraticDiscriminantAnalysis", "class", lambda: QuadraticDiscriminantAnalysis(reg_param=0.1), {"regParam": 0.1})
record("dummyClassifier", "class", DummyClassifier)
record("dummyClassifier", "class", lambda: DummyClassifier(strategy="most_frequent"), {"strategy": "mostFrequent"})
record("dummyRegressor", "number", lambda: DummyRegressor(strategy="quantile", quantile=0.3), {"strategy": "quantile", "quantile": 0.3})
record("linearSvc", "class", lambda: LinearSVC(tol=1e-10, max_iter=1000000, dual=True), {"tol": 1e-10, "maxIter": 100000}, linear=True)
record("linearSvc", "class", lambda: LinearSVC(class_weight="balanced", tol=1e-10, max_iter=1000000, dual=True), {"classWeight": "balanced", "tol": 1e-10, "maxIter": 100000}, linear=True)
record("linearSvc", "class", lambda: LinearSVC(loss="hinge", C=0.1, tol=1e-10, max_iter=1000000), {"loss": "hinge", "c": 0.1, "tol": 1e-10, "maxIter": 100000}, linear=True)
for options, settings in (
    ({}, {}),
    ({"loss": "squaredEpsilonInsensitive", "epsilon": 0.2}, {"loss": "squared_epsilon_insensitive", "epsilon": 0.2}),
):
    record("linearSvr", "number", lambda: LinearSVR(tol=1e-10, max_iter=10000000, dual=True, **settings), {**options, "tol": 1e-10, "maxIter": 1000000}, linear=True)
# Steps of saga stop by their size, ours by the gradient's: both are within 1e-8 of the optimum.
for options, settings in (
    ({"penalty": "l1"}, {"l1_ratio": 1}),
    ({"penalty": "l1", "c": 20}, {"l1_ratio": 1, "C": 20}),
    ({"penalty": "elasticnet", "l1Ratio": 0.3, "c": 0.5}, {"l1_ratio": 0.3, "C": 0.5}),
):
    record("logisticRegression", "class", lambda: LogisticRegression(solver="saga", tol=1e-11, max_iter=10000000, **settings), {**options, "tol": 1e-10, "maxIter": 1000}, linear=True)
# With sizes alone and an even number of classes a feature may add the same to all of them at no cost: coefficients are not unique.
for entry in records["logisticRegression"]:
    if entry["set"] == "digits" and entry["options"]["penalty"] == "l1":
        del entry["coefficients"], entry["intercepts"]
# Kernels are single-precision numbers on the other side.
for options, settings in (
    ({}, {}),
    ({"c": 10, "kernel": "linear"}, {"C": 10, "kernel": "linear"}),
    ({"c": 5, "kernel": "poly", "coef0": 0.5, "degree": 2}, {"C": 5, "kernel": "poly", "coef0": 0.5, "degree": 2}),
):
    record("svr", "number", lambda: SVR(tol=1e-6, **settings), {**options, "tol": 1e-6})
    record("svc", "class", lambda: SVC(tol=1e-6, **settings), {**options, "tol": 1e-6}, scores=softmax_of_decisions)
record("svc", "class", lambda: SVC(tol=1e-6, class_weight="balanced"), {"classWeight": "balanced", "tol": 1e-6}, scores=softmax_of_decisions)

for name, kind, make, options in (
    ("ridge", "number", lambda: Ridge(alpha=0.5, solver="cholesky"), {"alpha": 0.5}),
    ("elasticNet", "number", lambda: ElasticNet(alpha=0.05, l1_ratio=0.7, tol=1e-13, max_iter=100000), {"alpha": 0.05, "l1Ratio": 0.7, **exact}),
    ("multinomialNaiveBayes", "class", MultinomialNB, {}),
    ("dummyClassifier", "class", DummyClassifier, {}),
    ("logisticRegression", "class", lambda: LogisticRegression(tol=1e-11, max_iter=100000), {"tol": 1e-9, "maxIter": 10000}),
    ("logisticRegression", "class", lambda: LogisticRegression(tol=1e-11, max_iter=100000, class_weight="balanced"), {"classWeight": "balanced", "tol": 1e-9, "maxIter": 10000}),
    ("linearSvc", "class", lambda: LinearSVC(tol=1e-10, max_iter=1000000, dual=True, random_state=0), {"tol": 1e-10, "maxIter": 100000}),
    ("linearSvr", "number", lambda: LinearSVR(tol=1e-10, max_iter=10000000, dual=True, random_state=0), {"tol": 1e-10, "maxIter": 1000000}),
    ("svr", "number", lambda: SVR(tol=1e-6), {"tol": 1e-6}),
    # One split: deeper, libraries choose among equal ones by draws.
    ("decisionTreeRegressor", "number", lambda: DecisionTreeRegressor(max_depth=1), {"maxDepth": 1}),
):
    record(name, kind, make, options, weighed=True)
record("categoricalNaiveBayes", "name", lambda: CategoricalNB(alpha=0.5), {"alpha": 0.5})
record("categoricalNaiveBayes", "name", CategoricalNB, weighed=True)


class FirstColumn(IsotonicRegression):
    """Isotonic regression on the first of many columns."""
    fit = lambda self, x, y, sample_weight=None: super().fit(x[:, 0], y, sample_weight)
    predict = lambda self, x: super(FirstColumn, self).predict(x[:, 0])


record("isotonicRegression", "number", lambda: FirstColumn(out_of_bounds="clip"))
record("isotonicRegression", "number", lambda: FirstColumn(increasing=False, out_of_bounds="clip"), {"increasing": False}, weighed=True)
one = lambda name, **options: [{"name": name, "options": options}]
bayes_and_neighbors = lambda: [("a", GaussianNB()), ("b", KNeighborsClassifier(5)), ("c", KNeighborsClassifier(1))]
recipes = [one("gaussianNaiveBayes"), one("kNeighborsClassifier", nNeighbors=5), one("kNeighborsClassifier", nNeighbors=1)]
record("votingClassifier", "class", lambda: VotingClassifier(bayes_and_neighbors(), voting="soft", weights=[1, 2, 0.5]), {"members": recipes, "weights": [1, 2, 0.5]})
record("votingClassifier", "class", lambda: VotingClassifier(bayes_and_neighbors()), {"members": recipes, "voting": "hard"})
ridge_and_neighbors = lambda: [("a", Ridge(0.5)), ("b", KNeighborsRegressor(5))]
recipes = [one("ridge", alpha=0.5), one("kNeighborsRegressor", nNeighbors=5)]
record("votingRegressor", "number", lambda: VotingRegressor(ridge_and_neighbors(), weights=[3, 1]), {"members": recipes, "weights": [3, 1]})
# As many folds as rows: nothing is drawn.
record("stackingRegressor", "number", lambda: StackingRegressor(ridge_and_neighbors(), Ridge(1), cv=LeaveOneOut(), passthrough=True), {"members": recipes, "last": one("ridge", alpha=1), "folds": 90, "passthrough": True})


class AlreadyFitted:
    """A classifier fitted on the first 60 rows and calibrated on the others."""
    def __init__(self, method):
        self.method = method

    def fit(self, x, y):
        bayes = GaussianNB(var_smoothing=1e-3).fit(x[:60], y[:60])
        return CalibratedClassifierCV(FrozenEstimator(bayes), method=self.method).fit(x[60:], y[60:])


for method in ("sigmoid", "isotonic"):
    record("calibrateFitted", "class", lambda: AlreadyFitted(method), {"method": method})

target = pathlib.Path(__file__).parent.parent / "ml" / "classical.json"
target.write_text(json.dumps({"sklearn": sklearn.__version__, "data": data, "records": records}) + "\n")
