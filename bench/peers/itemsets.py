"""Answers {"file": ..., "separator": ..., "support": ..., "by": "mlxtend" | "pyfim"} with how many itemsets there are and what finding them takes."""
import gzip, json, math, os, sys, time

sys.path.append(os.environ.get("ATHANOR_BENCH_SITE", ""))


def rows_of(file, separator):
    with (gzip.open if file.endswith(".gz") else open)(file, "rt") as lines:
        return [line.rstrip("\r\n").removesuffix(" ").split(separator) for line in lines]


def mlxtend(rows, support):
    import pandas
    from mlxtend.frequent_patterns import fpgrowth
    from mlxtend.preprocessing import TransactionEncoder

    start = time.perf_counter()
    encoder = TransactionEncoder()
    table = pandas.DataFrame.sparse.from_spmatrix(encoder.fit_transform(rows, sparse=True), columns=[str(c) for c in encoder.columns_])
    found = fpgrowth(table, min_support=support)
    return len(found), time.perf_counter() - start


def pyfim(rows, support):
    import fim

    start = time.perf_counter()
    least = math.ceil(support * len(rows) - 1e-9)
    found = fim.eclat([list(set(row)) for row in rows], target="s", supp=-least, zmin=1)
    eclat = time.perf_counter() - start
    count = len(found)
    del found
    start = time.perf_counter()
    fim.fpgrowth([list(set(row)) for row in rows], target="s", supp=-least, zmin=1)
    return count, min(eclat, time.perf_counter() - start)


for line in sys.stdin:
    request = json.loads(line)
    rows = rows_of(request["file"], request["separator"])
    count, seconds = globals()[request["by"]](rows, request["support"])
    print(json.dumps({"count": count, "seconds": seconds}), flush=True)
