"""Records scipy's tests and tails of distributions for packages/ml: python golden/record/statistics.py"""
import json, pathlib
import scipy
from scipy import special, stats

first, second = [0.81, 0.79, 0.84, 0.88, 0.80, 0.83], [0.78, 0.80, 0.80, 0.85, 0.79, 0.80]
t, w = stats.ttest_rel(first, second), stats.wilcoxon(first, second, mode="approx")
recorded = {
    "scipy": scipy.__version__, "first": first, "second": second,
    "tTest": {"statistic": t.statistic, "pValue": t.pvalue}, "wilcoxon": {"statistic": w.statistic, "pValue": w.pvalue},
    "mcNemar": stats.binomtest(3, 17).pvalue,
    "binomialTail": [[k, n, stats.binom.cdf(k, n, 0.5)] for k, n in ((0, 5), (3, 17), (40, 100))],
    "normalTail": [[z, stats.norm.sf(z)] for z in (-1.0, 0.0, 0.3, 1.3, 6.0)],
    "studentTail": [[x, n, stats.t.sf(x, n)] for x, n in ((0.4, 1), (2.1, 5), (40, 3))],
    "incompleteBeta": [[x, a, b, special.betainc(a, b, x)] for x, a, b in ((0.3, 2.5, 7), (0.9, 2.5, 7), (0.5, 0.5, 0.5))],
    "logGamma": [[x, special.gammaln(x)] for x in (0.5, 3.0, 33.3)],
}
(pathlib.Path(__file__).parent.parent / "ml" / "statistics.json").write_text(json.dumps(recorded) + "\n")
