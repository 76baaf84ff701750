"""Records the anomalies that scikit-learn and SciPy see, for packages/mining: python golden/record/anomalies.py"""
import json, pathlib
import numpy as np, scipy, sklearn
from scipy.stats import median_abs_deviation
from sklearn import datasets
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import LocalOutlierFactor

rng = np.random.default_rng(5)
plain = lambda array, digits=10: [float(f"%.{digits}g" % value) for value in np.ravel(array)]
standardise = lambda x: (x - x.mean(0)) / x.std(0)


def rare(x, y, usual, few):
    """Rows of the usual class, and a few of the others; noise far below what is measured parts equal rows."""
    rows = np.concatenate([np.flatnonzero(y == usual)[:150], rng.permutation(np.flatnonzero(y != usual))[:few]])
    return (standardise(x[rows]) + rng.normal(0, 1e-3, (len(rows), x.shape[1]))).round(5), (y[rows] != usual).astype(int)


cancer, digits, wine = datasets.load_breast_cancer(), datasets.load_digits(), datasets.load_wine()
ring = rng.uniform(0, 2 * np.pi, 150)
ring = np.stack([np.cos(ring), np.sin(ring)], 1) * rng.normal(3, 0.2, (150, 1))
sets = {
    "cancer": rare(cancer.data[:, :10], cancer.target, 1, 15), "wine": rare(wine.data, wine.target, 1, 8),
    "digits": rare(digits.data.reshape(-1, 4, 2, 4, 2).mean((2, 4)).reshape(-1, 16)[:, [1, 2, 4, 5, 6, 9, 10, 13, 14]], digits.target, 0, 10),
    "ring": (np.concatenate([ring, rng.normal(0, 0.3, (6, 2)), rng.uniform(-6, 6, (4, 2))]).round(5), np.repeat([0, 1], [150, 10])),
}
records = {}
for name, (x, rare_rows) in sets.items():
    forests = [-IsolationForest(n_estimators=100, random_state=seed).fit(x).score_samples(x) for seed in range(10)]
    records[name] = {
        "points": [plain(row, 7) for row in x], "rare": rare_rows.tolist(),
        "isolationForest": {"scores": plain(np.mean(forests, 0), 6), "auc": float(np.mean([roc_auc_score(rare_rows, scores) for scores in forests]))},
        "localOutlierFactor": [{"neighbours": k, "factors": plain(-LocalOutlierFactor(n_neighbors=k).fit(x).negative_outlier_factor_)} for k in (10, 20)],
        "robust": [{"median": float(np.median(column)), "deviation": float(median_abs_deviation(column, scale="normal"))} for column in x.T],
    }

target = pathlib.Path(__file__).parent.parent / "mining" / "anomalies.json"
target.write_text(json.dumps({"sklearn": sklearn.__version__, "scipy": scipy.__version__, "records": records}) + "\n")
