"""Records what statsmodels, SciPy and ruptures make of series, for packages/mining: python golden/record/series.py

Series are read from the folder $ATHANOR_DATA/timeseries."""
import csv, gzip, json, os, pathlib
import numpy as np, ruptures, scipy, statsmodels
from statsmodels.tsa.arima.model import ARIMA
from statsmodels.tsa.holtwinters import ExponentialSmoothing
from statsmodels.tsa.seasonal import STL
from statsmodels.tsa.stattools import kpss

folder = pathlib.Path(os.environ["ATHANOR_DATA"]) / "timeseries"
plain = lambda array, digits=11: [float(f"%.{digits}g" % value) for value in np.ravel(array)]
column = lambda name, index, count: np.array([float(row[index]) for row in list(csv.reader((folder / name).open()))[1:count + 1]])
rows = list(csv.reader(gzip.open(folder / "ETTh1.csv.gz", "rt")))[1:145]
sets = {
    "airline": (column("airline_passengers.csv", 1, 144), 12), "cars": (column("monthly_car_sales.csv", 1, 108), 12),
    "rides": (column("cta_ridership.csv", 4, 126) / 1000, 7), "oil": (np.array([float(row[7]) for row in rows]).round(4), 24),
    "births": (column("daily_total_female_births.csv", 1, 140), 7),
}


def first_state(y, trend, season, period):
    """As the package does it: the mean of the first cycle, the mean step to the second, the first around its line."""
    first = y[:period].mean()
    slope = 0.0 if trend is None else (y[period:2 * period].mean() - first) / period
    line = first + slope * (np.arange(period) - (period - 1) / 2)
    return first - slope * (period + 1) / 2, slope, y[:period] - line if season == "add" else y[:period] / line


def smoothing(y, period, trend, damped, season):
    level, slope, seasonal = first_state(y, trend, season, period)
    known = {"initialization_method": "known", "initial_level": level, "initial_seasonal": seasonal, **({} if trend is None else {"initial_trend": slope})}
    model = ExponentialSmoothing(y, trend=trend, damped_trend=damped, seasonal=season, seasonal_periods=period, **known)
    rates = {"smoothing_level": 0.4, "smoothing_seasonal": 0.3, **({} if trend is None else {"smoothing_trend": 0.1}), **({"damping_trend": 0.9} if damped else {})}
    fixed = model.fit(**rates, optimized=False)
    best = model.fit(optimized=True)
    # A whole season ahead statsmodels takes the last phase from a cycle too early: one step less is compared.
    return {
        "trend": "none" if trend is None else "damped" if damped else "additive", "season": {"add": "additive", "mul": "multiplicative"}[season],
        "fitted": plain(fixed.fittedvalues), "forecast": plain(fixed.forecast(period - 1)), "bestSquares": float(best.sse)}


def process(y, order, constant):
    """On the series differenced beforehand, whose likelihood is exact; statsmodels' own differences start from a diffuse state."""
    level = np.diff(y, order[1])
    best = ARIMA(level, order=(order[0], 0, order[2]), trend="c" if constant else "n").fit()
    k = order[0] + order[2] + constant + 1
    ahead = best.get_forecast(8)
    return {
        "order": {"ar": order[0], "differences": order[1], "ma": order[2], "constant": constant}, "logLikelihood": float(best.llf),
        "ar": plain(best.arparams), "ma": plain(best.maparams), "variance": float(best.params[-1]),
        "aicc": float(-2 * best.llf + 2 * k * len(level) / (len(level) - k - 1)), "levelMeans": plain(ahead.predicted_mean), "levelDeviations": plain(ahead.se_mean)}


records = {}
for name, (y, period) in sets.items():
    parts = []
    for robust, season, trend in ((0, 7, None), (3, 13, None), (0, 7, 2 * period + 9)):
        found = STL(y, period, seasonal=season, trend=trend, robust=robust > 0).fit(inner_iter=2 if robust else 5, outer_iter=robust)
        parts.append({"robustRounds": robust, "seasonWindow": season, **({} if trend is None else {"trendWindow": trend}), "trend": plain(found.trend), "season": plain(found.seasonal)})
    penalty = float(y.var() * np.log(len(y)) / 2)
    changes = ruptures.Pelt(model="l2", min_size=1, jump=1).fit(y).predict(pen=penalty)[:-1]
    records[name] = {
        "values": plain(y), "period": period, "decompose": parts,
        "smoothing": [smoothing(y, period, *form) for form in (("add", False, "add"), ("add", True, "add"), ("add", False, "mul"), (None, False, "add"))],
        "arima": [process(y, *given) for given in (((1, 0, 1), True), ((2, 1, 1), False), ((0, 1, 2), True))] if name in ("airline", "births", "oil") else [],
        "kpss": [{"lags": lags, "statistic": float(kpss(y, nlags=lags)[0])} for lags in (3, 8)],
        "changePoints": {"penalty": penalty, "changes": changes}, "falling": int(sum((y[i + 1:] < y[i]).sum() for i in range(len(y)))),
    }

normal = [{"z": z, "pValue": float(2 * scipy.stats.norm.sf(z))} for z in (0.0, 0.3, 1.0, 1.96, 2.9999, 3.0001, 4.5, 9.0)]
target = pathlib.Path(__file__).parent.parent / "mining" / "series.json"
versions = {module.__name__: getattr(module, "__version__", "") for module in (statsmodels, scipy)} | {"ruptures": "1.1.10"}
target.write_text(json.dumps({**versions, "records": records, "normal": normal}) + "\n")
