"""Records losses and predictions of scikit-learn's histogram boosting for packages/ml: python golden/record/boosting.py"""
import json, pathlib
import numpy as np, sklearn
from sklearn import datasets, metrics
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

rng = np.random.default_rng(11)
# So few rows that every value has a bin of its own: where there are more, the two choose borders differently.
settings = {"maxIter": 40, "maxLeaves": 8, "minSamplesLeaf": 10, "l2": 0.5}


def sample(x, y, rows):
    order = rng.permutation(len(x))[:rows]
    return x[order].astype(np.float32).round(4).astype(np.float32), y[order]


def classes(load, rows):
    return sample(*load(return_X_y=True), rows)


def numbers(make):
    x, y = make
    return sample(x, y.round(4), 360)


def holes(x, share):
    x = x.copy()
    x[rng.random(x.shape) < share] = np.nan
    return x


names = rng.integers(0, 8, 360)
spread = rng.normal(size=(360, 2))
effect = np.array([3, -1, 0, 2, -2, 1, 4, -3])[names]
x, y = classes(datasets.load_breast_cancer, 360)
diabetes = numbers(datasets.load_diabetes(return_X_y=True))
friedman = numbers(datasets.make_friedman1(360, noise=0.3, random_state=1))
sets = {
    "breast cancer": ("classifier", x[:, :10], y, {}),
    "breast cancer with missing values": ("classifier", holes(x[:, :10], 0.1), y, {}),
    "wine": ("classifier", *classes(datasets.load_wine, 178), {}),
    "iris": ("classifier", *classes(datasets.load_iris, 150), {}),
    "names": ("classifier", np.column_stack([names, spread]).astype(np.float32).round(4), (effect + spread[:, 0] > 0.5).astype(int), {"categorical": [0]}),
    "diabetes": ("regressor", *diabetes, {}),
    "diabetes by absolute error": ("regressor", *diabetes, {"loss": "absoluteError"}),
    "friedman": ("regressor", *friedman, {}),
    "friedman, 0.8 quantile": ("regressor", *friedman, {"loss": "quantile", "quantile": 0.8}),
    "friedman, constrained": ("regressor", *friedman, {"monotone": [1, 1, 0, 1, 0, 0, 0, 0, 0, -1]}),
    "friedman with missing values": ("regressor", holes(friedman[0], 0.15), friedman[1], {}),
    "names as numbers": ("regressor", np.column_stack([names, spread]).astype(np.float32).round(4), (effect + spread[:, 0]).round(4), {"categorical": [0]}),
}
field = {"squaredError": "squared_error", "absoluteError": "absolute_error", "quantile": "quantile"}
records = {}
for title, (kind, x, y, options) in sets.items():
    cut = len(x) * 2 // 3
    shared = dict(
        max_iter=settings["maxIter"], max_leaf_nodes=settings["maxLeaves"], min_samples_leaf=settings["minSamplesLeaf"], l2_regularization=settings["l2"],
        early_stopping=False, categorical_features=options.get("categorical"), monotonic_cst=options.get("monotone"),
    )
    if kind == "classifier":
        model = HistGradientBoostingClassifier(**shared).fit(x[:cut], y[:cut])
        predicted = model.predict_proba(x[cut:])
        loss = metrics.log_loss(y[:cut], model.predict_proba(x[:cut]))
    else:
        model = HistGradientBoostingRegressor(**shared, loss=field[options.get("loss", "squaredError")], quantile=options.get("quantile")).fit(x[:cut], y[:cut])
        predicted = model.predict(x[cut:])
        loss = metrics.mean_squared_error(y[:cut], model.predict(x[:cut]))
    records[title] = {
        "kind": kind, "options": {**settings, **options}, "features": x.shape[1], "learnFrom": cut, "loss": loss,
        # Missing values are null.
        "x": [None if np.isnan(value) else round(float(value), 4) for value in x.ravel()], "y": np.asarray(y, float).tolist(),
        "predicted": np.asarray(predicted).ravel().round(6).tolist(),
    }
path = pathlib.Path(__file__).parent.parent / "ml" / "boosting.json"
path.write_text(json.dumps({"sklearn": sklearn.__version__, "records": records}) + "\n")
