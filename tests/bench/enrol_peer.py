"""Enrols photographs as a Python pipeline does that is meant to be fast: OpenCV decodes, scales and aligns, onnxruntime runs the networks,
a process for each core with one thread each. Prints a line of JSON.

Run by cargo xtask bench enrol: enrol_peer.py MODELS FOLDER [stages]; MODELS holds detector.onnx and embedder.onnx.
"""

import json
import multiprocessing
import os
import sys
import time

import cv2
import numpy as np
import onnxruntime as ort

ARCFACE = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]]
)
CONFIDENT = 0.7
RUNS = 50
models, folder, *rest = sys.argv[1:]
detector = embedder = names = None


def start():
    global detector, embedder, names
    cv2.setNumThreads(1)
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    detector, embedder = (
        ort.InferenceSession(os.path.join(models, f"{name}.onnx"), options, providers=["CPUExecutionProvider"])
        for name in ("detector", "embedder")
    )
    names = [output.name for output in detector.get_outputs()]


def decode(file):
    return cv2.imread(os.path.join(folder, file), cv2.IMREAD_COLOR)


def detect(image):
    """The best face's five points in pixels of the image; nothing where there is none."""
    height, width = detector.get_inputs()[0].shape[2:]
    scale = min(width / image.shape[1], height / image.shape[0])
    size = round(image.shape[1] * scale), round(image.shape[0] * scale)
    canvas = np.zeros((height, width, 3), np.uint8)
    canvas[: size[1], : size[0]] = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)
    out = dict(zip(names, detector.run(None, {detector.get_inputs()[0].name: cv2.dnn.blobFromImage(canvas)})))
    best = (CONFIDENT, None)
    for stride in (8, 16, 32):
        score = np.sqrt(out[f"cls_{stride}"][0, :, 0] * out[f"obj_{stride}"][0, :, 0])
        cell = int(score.argmax())
        if score[cell] > best[0]:
            corner = np.array([cell % (width // stride), cell // (width // stride)])
            best = score[cell], (corner + out[f"kps_{stride}"][0, cell].reshape(5, 2)) * stride / scale
    return best[1]


def embed(image, points):
    matrix, _ = cv2.estimateAffinePartial2D(points, ARCFACE, method=cv2.LMEDS)
    face = cv2.warpAffine(image, matrix, (112, 112), flags=cv2.INTER_LINEAR)
    template = embedder.run(None, {embedder.get_inputs()[0].name: cv2.dnn.blobFromImage(face, swapRB=True)})[0][0]
    return template / np.linalg.norm(template)


def enrol(file):
    image = decode(file)
    points = detect(image)
    return None if points is None else embed(image, points)


def least(session):
    given = {entry.name: np.full(entry.shape, 127, np.float32) for entry in session.get_inputs()}
    taken = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        session.run(None, given)
        taken.append(time.perf_counter() - begun)
    return 1e3 * min(taken)


def by_stage(files):
    start()
    enrol(files[0])
    sums = [0.0, 0.0, 0.0]
    for file in files:
        marks = [time.perf_counter()]
        image = decode(file)
        marks.append(time.perf_counter())
        points = detect(image)
        marks.append(time.perf_counter())
        if points is not None:
            embed(image, points)
        marks.append(time.perf_counter())
        sums = [sum_ + 1e3 * (b - a) / len(files) for sum_, a, b in zip(sums, marks, marks[1:])]
    stages = dict(zip(("decode", "detect", "align_and_embed"), sums))
    return {**stages, "detector": least(detector), "embedder": least(embedder)}


def on_all_cores(files):
    begun = time.perf_counter()
    with multiprocessing.Pool(len(os.sched_getaffinity(0)), start) as pool:
        made = pool.map(enrol, files, chunksize=8)
    references = sum(template is not None for template in made)
    return {"photographs": len(files), "references": references, "seconds": time.perf_counter() - begun}


if __name__ == "__main__":
    photographs = sorted(os.listdir(folder))
    print(json.dumps(by_stage(photographs) if rest else on_all_cores(photographs)))
