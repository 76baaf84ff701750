"""Records the features that scikit-learn's transformers make of the samples in golden/ml/classical.json: python -P golden/record/transformers.py"""
import json, pathlib
import numpy as np, sklearn
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.feature_selection import SelectKBest, VarianceThreshold, chi2, f_classif
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import KBinsDiscretizer, MaxAbsScaler, MinMaxScaler, OneHotEncoder, OrdinalEncoder, PowerTransformer, QuantileTransformer, RobustScaler, StandardScaler, TargetEncoder

folder = pathlib.Path(__file__).parent.parent / "ml"
samples = json.loads((folder / "classical.json").read_text())["data"]
records = {}


def record(name, make, options=None):
    for key in ("iris", "wine", "cancer", "digits"):
        x, test = (np.float64(np.float32(samples[key][part])) for part in ("x", "testX"))
        features = make().fit(x, samples[key]["y"]).transform(test[:2])
        records.setdefault(name, []).append({"set": key, "options": options or {}, "values": [float("%.9g" % value) for value in np.ravel(features)]})


record("standardScaler", StandardScaler)
record("minMaxScaler", lambda: MinMaxScaler((-1, 2)), {"min": -1, "max": 2})
record("maxAbsScaler", MaxAbsScaler)
record("robustScaler", lambda: RobustScaler(quantile_range=(10, 80)), {"lower": 0.1, "upper": 0.8})
record("simpleImputer", lambda: SimpleImputer(strategy="mean"))
for strategy in ("uniform", "quantile"):
    record("kBinsDiscretizer", lambda: KBinsDiscretizer(5, encode="ordinal", strategy=strategy, quantile_method="linear"), {"strategy": strategy})
record("pca", PCA)
record("pca", lambda: PCA(3, whiten=True), {"nComponents": 3, "whiten": True})
record("truncatedSvd", lambda: TruncatedSVD(3, algorithm="arpack"), {"nComponents": 3})
record("varianceThreshold", lambda: VarianceThreshold(0.03), {"threshold": 0.03})
record("selectKBest", lambda: SelectKBest(f_classif, k=3), {"k": 3})
record("selectKBest", lambda: SelectKBest(chi2, k=3), {"k": 3, "score": "chi2"})
record("oneHotEncoder", lambda: OneHotEncoder(handle_unknown="ignore", sparse_output=False), {"maxCategories": 1000})
record("ordinalEncoder", lambda: OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1))
record("powerTransformer", PowerTransformer)
for output in ("uniform", "normal"):
    record("quantileTransformer", lambda: QuantileTransformer(n_quantiles=40, output_distribution=output), {"nQuantiles": 40, "output": output})
for smooth in ("auto", 4.0):
    record("targetEncoder", lambda: TargetEncoder(smooth=smooth), {"smooth": None if smooth == "auto" else smooth})
numbers = []
for key in ("diabetes", "concrete", "winequality_red"):
    for smooth in ("auto", 4.0):
        # Halves go up, as Math.round takes them.
        places = np.floor(4 * np.float64(np.float32(samples[key]["x"])) + 0.5)
        features = TargetEncoder(smooth=smooth, target_type="continuous").fit(places, samples[key]["y"]).transform(places[:3])
        numbers.append({"set": key, "options": {"smooth": None if smooth == "auto" else smooth}, "values": [float("%.9g" % value) for value in np.ravel(features)]})
(folder / "transformers.json").write_text(json.dumps({"sklearn": sklearn.__version__, "records": records, "numbers": numbers}) + "\n")
