"""Records the columns that scikit-learn's selectors keep of the samples in golden/ml/classical.json, and how they judge them: python -P golden/record/selectors.py"""
import json, pathlib
import numpy as np, sklearn
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.feature_selection import RFE, SelectFromModel, chi2, f_classif, f_regression, mutual_info_classif, mutual_info_regression
from sklearn.linear_model import LinearRegression, Ridge

folder = pathlib.Path(__file__).parent.parent / "ml"
samples = json.loads((folder / "classical.json").read_text())["data"]
plain = lambda array: [float("%.9g" % value) for value in np.ravel(array)]
classes, numbers = ("iris", "wine", "cancer", "digits"), ("diabetes", "concrete", "winequality_red")
records = {"samples": {}, "scores": [], "fromModel": [], "elimination": []}
for name in (*classes, *numbers):
    x, y = np.float64(np.float32(samples[name]["x"])), np.asarray(samples[name]["y"])
    spread = x + np.random.default_rng(3).normal(0, 1e-3, x.shape)
    spread = np.float32(spread)
    # Two values: in groups of few samples scikit-learn finds distances by products, which round neighbours away.
    discrete = (x > x.mean(0)).astype(float)
    kind = "class" if name in classes else "number"
    if kind == "class":
        anova, information, judges = f_classif(x, y)[0], mutual_info_classif, {"linearDiscriminantAnalysis": LinearDiscriminantAnalysis()}
        records["scores"].append({"set": name, "score": "chi2", "x": "discrete", "values": plain(chi2(discrete, y)[0])})
    else:
        anova, information, judges = f_regression(x, y)[0], mutual_info_regression, {"linearRegression": LinearRegression(), "ridge": Ridge()}
    records["scores"].append({"set": name, "score": "anovaF", "x": "own", "values": plain(anova)})
    target = y if kind == "class" else y + np.random.default_rng(4).normal(0, 1e-3 * y.std(), len(y))
    records["samples"][name] = {"own": plain(x), "spread": plain(spread), "discrete": plain(discrete), "target": plain(target)}
    for k in (3, 5):
        values = information(np.float64(spread), target, discrete_features=False, n_neighbors=k, random_state=0)
        records["scores"].append({"set": name, "score": "mutualInformation", "nNeighbors": k, "x": "spread", "values": plain(values)})
    values = information(discrete, target, discrete_features=True, random_state=0)
    records["scores"].append({"set": name, "score": "mutualInformation", "x": "discrete", "values": plain(values)})
    for judge, make in judges.items():
        model = SelectFromModel(make).fit(x, y)
        records["fromModel"].append({"set": name, "judge": judge, "options": {}, "kept": np.flatnonzero(model.get_support()).tolist()})
        model = SelectFromModel(make, max_features=2, threshold=-np.inf).fit(x, y)
        records["fromModel"].append({"set": name, "judge": judge, "options": {"maxFeatures": 2, "threshold": 0}, "kept": np.flatnonzero(model.get_support()).tolist()})
        for options in ({"n_features_to_select": 2, "step": 1}, {"n_features_to_select": 3, "step": 0.25}):
            model = RFE(make, **options).fit(x, y)
            records["elimination"].append({"set": name, "judge": judge, "options": {"nFeatures": options["n_features_to_select"], "step": options["step"]}, "ranking": model.ranking_.tolist()})
(folder / "selectors.json").write_text(json.dumps({"sklearn": sklearn.__version__, **records}) + "\n")
