"""Records scikit-learn's features of texts for packages/ml: python golden/record/text_vectorizers.py"""
import json, pathlib
import sklearn
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer

english = ["The cat sat on the mat.", "A dog sat; the dog barked!", "Cats and dogs: the usual 2 friends", "été à la plage, the CAT again"]
chinese = ["机器学习很有趣", "深度学习 是机器学习", "今天天气很好"]
plain = lambda matrix: [float("%.9g" % value) for value in matrix.toarray().ravel()]


def record(texts, options, make):
    model = make.fit(texts)
    return {"texts": texts, "options": options, "names": model.get_feature_names_out().tolist(), "values": plain(model.transform(texts))}


records = [
    record(english, {"weighting": "count"}, CountVectorizer()),
    record(english, {"weighting": "tfidf", "ngramMax": 2}, TfidfVectorizer(ngram_range=(1, 2))),
    record(english, {"weighting": "binary", "minDf": 2}, CountVectorizer(binary=True, min_df=2)),
    record(english, {"weighting": "tfidf", "maxDf": 0.5, "maxFeatures": 3}, TfidfVectorizer(max_df=0.5, max_features=3)),
    record([text.replace(" ", "") for text in chinese], {"analyzer": "char", "weighting": "count"}, CountVectorizer(analyzer="char")),
]
unspaced = [text.replace(" ", "") for text in chinese]
hashed = [
    {"texts": texts, "options": options, "values": plain(make.transform(texts))}
    for texts, options, make in (
        (english, {"nFeatures": 32}, HashingVectorizer(n_features=32)),
        (english, {"nFeatures": 32, "ngramMin": 2, "ngramMax": 3}, HashingVectorizer(n_features=32, ngram_range=(2, 3))),
        (english, {"nFeatures": 8, "alternateSign": False, "norm": "none"}, HashingVectorizer(n_features=8, alternate_sign=False, norm=None)),
        (unspaced, {"nFeatures": 32, "analyzer": "char", "ngramMax": 2}, HashingVectorizer(n_features=32, analyzer="char", ngram_range=(1, 2))),
    )
]
(pathlib.Path(__file__).parent.parent / "ml" / "text-vectorizers.json").write_text(json.dumps({"sklearn": sklearn.__version__, "records": records, "hashed": hashed}, ensure_ascii=False) + "\n")
