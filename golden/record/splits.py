"""Records scikit-learn's splits that draw nothing for packages/ml: python golden/record/splits.py"""
import json, pathlib
import numpy as np, sklearn
from sklearn import model_selection

rng = np.random.default_rng(9)
sizes = [9, 7, 6, 5, 4, 3, 2, 1]
groups = np.repeat([f"g{i}" for i in range(len(sizes))], sizes)
labels = np.where(rng.random(len(groups)) < 0.3, "rare", "common")
order = rng.permutation(len(groups))
groups, labels = groups[order], labels[order]
x = np.zeros((23, 1))
plain = lambda splits: [{"train": train.tolist(), "test": test.tolist()} for train, test in splits]
recorded = {
    "sklearn": sklearn.__version__, "groups": groups.tolist(), "labels": labels.tolist(),
    "splits": {
        "timeSeries": plain(model_selection.TimeSeriesSplit(4).split(x)),
        "timeSeriesGap": plain(model_selection.TimeSeriesSplit(3, gap=2, test_size=4, max_train_size=7).split(x)),
        "group": plain(model_selection.GroupKFold(3).split(labels, labels, groups)),
        "stratifiedGroup": plain(model_selection.StratifiedGroupKFold(3).split(labels, labels, groups)),
    },
}
(pathlib.Path(__file__).parent.parent / "ml" / "splits.json").write_text(json.dumps(recorded) + "\n")
