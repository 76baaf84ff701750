"""Records the clusters that scikit-learn and SciPy find, for packages/mining: python golden/record/clusters.py"""
import json, pathlib
import numpy as np, scipy, sklearn
from scipy.cluster.hierarchy import linkage
from sklearn import datasets
from sklearn.cluster import DBSCAN, HDBSCAN, AgglomerativeClustering, KMeans, MiniBatchKMeans
from sklearn.metrics import silhouette_score
from sklearn.mixture import GaussianMixture

rng = np.random.default_rng(11)
standardise = lambda x: (x - x.mean(0)) / x.std(0)
blobs = datasets.make_blobs(180, centers=[[0, 0], [6, 1], [2, 7], [9, 8]], cluster_std=[0.4, 1.1, 0.8, 1.4], random_state=5)[0]
moons = datasets.make_moons(160, noise=0.07, random_state=3)[0]
# Noise far below what is measured, so that no two distances are equal and no order of equals matters.
sets = {
    "iris": standardise(datasets.load_iris().data) + rng.normal(0, 1e-3, (150, 4)), "wine": standardise(datasets.load_wine().data),
    "blobs": blobs, "moons": moons,
}
sets = {name: x.round(5) for name, x in sets.items()}
plain = lambda array, digits=10: [float(f"%.{digits}g" % value) for value in np.ravel(array)]


def by_first(labels):
    """Numbers clusters in the order of their first points; -1 stays."""
    numbers = {-1: -1}
    return [numbers.setdefault(label, len(numbers) - 1) for label in labels.tolist()]


def mixture(x, k, covariance):
    """Starts where each point belongs to the nearest of the first k rows, as one iteration of k-means finds them."""
    nearest = ((x[:, None] - x[None, :k]) ** 2).sum(2).argmin(1)
    start = GaussianMixture(k, covariance_type=covariance, tol=1e-9, max_iter=500, random_state=0)
    start._initialize_parameters = lambda x, _random, xp=None: start._initialize(x, np.eye(k)[nearest])
    start.fit(x)
    return {
        "components": k, "covariance": {"full": "full", "diag": "diagonal"}[covariance], "weights": plain(start.weights_), "means": plain(start.means_),
        "covariances": plain(start.covariances_), "logLikelihood": float(start.score(x)), "bic": float(start.bic(x)), "labels": start.predict(x).tolist(),
    }


def hierarchy(x, size, points, method):
    """Nothing where equal distances make the clusters depend on the order of the rows."""
    def fit(order):
        found = HDBSCAN(min_cluster_size=size, min_samples=points, cluster_selection_method=method, copy=True).fit(x[order])
        back = np.argsort(order)
        return by_first(found.labels_[back]), found.probabilities_[back]
    labels, memberships = fit(np.arange(len(x)))
    for seed in range(8):
        others, theirs = fit(np.random.default_rng(seed).permutation(len(x)))
        if others != labels or np.abs(theirs - memberships).max() > 1e-9:
            return None
    return {"options": {"minClusterSize": size, "minPoints": points, "selection": {"eom": "stable", "leaf": "leaf"}[method]}, "labels": labels, "memberships": plain(memberships, 8)}


records = {}
for name, (radius, min_points) in {"iris": (0.6, 5), "wine": (2.3, 5), "blobs": (0.7, 6), "moons": (0.2, 5)}.items():
    x = sets[name]
    dense = DBSCAN(eps=radius, min_samples=min_points).fit(x)
    entry = {"points": [plain(row, 7) for row in x], "dbscan": {
        "radius": radius, "minPoints": min_points, "labels": dense.labels_.tolist(), "cores": dense.core_sample_indices_.tolist()}}
    entry["hdbscan"] = [found for options in ((5, 5, "eom"), (10, 4, "eom"), (12, 7, "eom"), (8, 3, "leaf"), (9, 2, "leaf"), (14, 6, "leaf")) if (found := hierarchy(x, *options))]
    entry["agglomerate"] = {
        method: {"heights": plain(linkage(x, method)[:, 2]), "labels": by_first(AgglomerativeClustering(4, linkage=method).fit(x).labels_)}
        for method in ("ward", "complete", "average", "single")}
    entry["mixtures"] = [mixture(x, 3, covariance) for covariance in ("full", "diag")]
    tries = {k: KMeans(k, n_init=20, random_state=0).fit(x) for k in range(2, 7)}
    entry["kMeans"] = [{"clusters": k, "inertia": found.inertia_, "labels": by_first(found.labels_), "silhouette": silhouette_score(x, found.labels_)} for k, found in tries.items()]
    entry["miniBatch"] = {"clusters": 4, "inertia": MiniBatchKMeans(4, batch_size=64, random_state=0, n_init=3).fit(x).inertia_}
    records[name] = entry

target = pathlib.Path(__file__).parent.parent / "mining" / "clusters.json"
target.write_text(json.dumps({"sklearn": sklearn.__version__, "scipy": scipy.__version__, "records": records}) + "\n")
