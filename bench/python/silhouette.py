"""Answers questions about one set of points with scikit-learn, one JSON line per line of input.

usage: silhouette.py POINTS LABELS COLUMNS   (raw float64 and int32 files, row-major)
Each line names a question; each answer carries the value and the seconds that it took.
"""

import json
import sys
import time

import numpy
import sklearn
from sklearn import metrics

points = numpy.fromfile(sys.argv[1], dtype=numpy.float64).reshape(-1, int(sys.argv[3]))
labels = numpy.fromfile(sys.argv[2], dtype=numpy.int32)

QUESTIONS = {
    "versions": lambda: f"scikit-learn {sklearn.__version__}, numpy {numpy.__version__}",
    "silhouette": lambda: float(metrics.silhouette_score(points, labels)),
    "silhouette sqeuclidean": lambda: float(metrics.silhouette_score(points, labels, metric="sqeuclidean")),
    "matrix": lambda: float(metrics.pairwise_distances(points)[0, -1]),
    "davies-bouldin": lambda: float(metrics.davies_bouldin_score(points, labels)),
    "calinski-harabasz": lambda: float(metrics.calinski_harabasz_score(points, labels)),
}

for line in sys.stdin:
    begin = time.perf_counter()
    value = QUESTIONS[line.strip()]()
    print(json.dumps({"value": value, "seconds": time.perf_counter() - begin}), flush=True)
