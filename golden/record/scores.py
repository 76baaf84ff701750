"""Records scikit-learn's metrics of labels, numbers, clusters and rankings for packages/ml: python golden/record/scores.py"""
import json, pathlib
import numpy as np, sklearn
from sklearn import calibration, metrics

rng = np.random.default_rng(11)
truth, predicted = rng.integers(0, 3, 30), rng.integers(0, 3, 30)
predicted[:18] = truth[:18]
probabilities = rng.dirichlet(np.ones(3), 30).round(2)
positive, scores = rng.integers(0, 2, 30), rng.random(30).round(1)
numbers, guesses = rng.normal(3, 2, 15).round(3), rng.normal(3, 2, 15).round(3)
points = rng.normal(size=(30, 2)).round(3)
points[:, 0] += truth * 3
relevance, ranks = rng.integers(0, 4, 12), rng.random(12).round(1)
observed, mean = calibration.calibration_curve(positive, scores, n_bins=5)
precision, recall, _ = metrics.precision_recall_curve(positive, scores)
recorded = {
    "sklearn": sklearn.__version__, "truth": truth, "predicted": predicted, "probabilities": probabilities.ravel(), "positive": positive, "scores": scores,
    "numbers": numbers, "guesses": guesses, "points": points, "relevance": relevance, "ranks": ranks,
    "averagePrecision": metrics.average_precision_score(positive, scores), "precision": precision[:-1][::-1], "recall": recall[:-1][::-1],
    "brierScore": metrics.brier_score_loss(positive, scores), "matthewsCorrelation": metrics.matthews_corrcoef(truth, predicted),
    "cohenKappa": metrics.cohen_kappa_score(truth, predicted), "balancedAccuracy": metrics.balanced_accuracy_score(truth, predicted),
    "topKAccuracy": metrics.top_k_accuracy_score(truth, probabilities, k=2), "meanAbsolutePercentageError": metrics.mean_absolute_percentage_error(numbers, guesses),
    "medianAbsoluteError": metrics.median_absolute_error(numbers, guesses), "explainedVariance": metrics.explained_variance_score(numbers, guesses),
    "silhouette": metrics.silhouette_score(np.float64(np.float32(points)), truth), "adjustedRand": metrics.adjusted_rand_score(truth, predicted),
    "daviesBouldin": metrics.davies_bouldin_score(np.float64(np.float32(points)), truth), "calinskiHarabasz": metrics.calinski_harabasz_score(np.float64(np.float32(points)), truth),
    "meanReciprocalRank": metrics.label_ranking_average_precision_score(np.eye(3)[truth], probabilities + 1e-6 * np.arange(90).reshape(30, 3)),
    "rootMeanSquaredLogError": metrics.root_mean_squared_log_error(abs(numbers), abs(guesses)), "maxError": metrics.max_error(numbers, guesses),
    "normalizedMutualInformation": metrics.normalized_mutual_info_score(truth, predicted),
    "ndcg": metrics.ndcg_score([relevance], [ranks]), "ndcgAt5": metrics.ndcg_score([relevance], [ranks], k=5), "observed": observed, "meanPredicted": mean,
}
plain = lambda value: np.asarray(value).tolist()
target = pathlib.Path(__file__).parent.parent / "ml" / "scores.json"
target.write_text(json.dumps({key: value if isinstance(value, str) else plain(value) for key, value in recorded.items()}) + "\n")
