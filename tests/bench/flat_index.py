"""FAISS's exact index on one thread, for wasm/core/examples/matcher.rs, which asks on stdin and reads answers on stdout.

`load D`: references.f32, listed.f32 and strangers.f32 in the folder, rows of D numbers. `time N`: microseconds of a search for N
strangers, the median of five after one that isn't counted; one takes FAISS's own loop, more take its BLAS, which it would use from
twenty on. `best`: the best reference of everybody who is listed. `stop`.

Run by cargo xtask bench matcher.
"""

import os
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import faiss
import numpy as np

faiss.omp_set_num_threads(1)
folder = sys.argv[1]
index = listed = strangers = None


def numbers(name, width):
    return np.fromfile(os.path.join(folder, name), dtype="<f4").reshape(-1, width)


def searcher(probes):
    """The search itself, without what its Python wrapper does."""
    count = len(probes)
    faiss.cvar.distance_compute_blas_threshold = 1 if count > 1 else 20
    scores = np.empty((count, 1), dtype=np.float32)
    labels = np.empty((count, 1), dtype=np.int64)
    given = [faiss.swig_ptr(array) for array in (probes, scores, labels)]
    return lambda: index.search_c(count, given[0], 1, given[1], given[2]), labels, scores


for line in sys.stdin:
    what, *arguments = line.split()
    if what == "stop":
        break
    if what == "load":
        width = int(arguments[0])
        listed, strangers = numbers("listed.f32", width), numbers("strangers.f32", width)
        index = faiss.IndexFlatIP(width)
        index.add(numbers("references.f32", width))
        answer = index.ntotal
    if what == "best":
        search, labels, _ = searcher(listed)
        search()
        answer = " ".join(str(label) for label in labels[:, 0])
    if what == "time":
        search, *held = searcher(strangers[: int(arguments[0])])
        search()
        taken = []
        for _ in range(5):
            start = time.perf_counter_ns()
            search()
            taken.append((time.perf_counter_ns() - start) / 1_000)
        answer = sorted(taken)[2]
    print(answer, flush=True)
