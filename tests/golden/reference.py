"""Writes faces.json: what YuNet and SFace say of the fixture faces under onnxruntime, computed without any of Vedette's code.

Needs: pip install onnxruntime onnx opencv-python-headless numpy. Run once, from the repository's root:

    python tests/golden/reference.py

The weights are read as published; onnxruntime runs their blocked DequantizeLinear itself. The photographs are stored
beside this script as PNG, so that no difference between JPEG decoders enters.
"""
import base64
import json
import pathlib

import cv2
import numpy as np
import onnx
import onnxruntime as ort

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
DETECTOR = ROOT / "models" / "face_detection_yunet_2023mar_int8bq.onnx"
EMBEDDER = ROOT / "models" / "face_recognition_sface_2021dec_int8bq.onnx"
PHOTOS = {"obama": "obama.jpg", "obama3": "obama3.jpg", "biden": "biden.jpg", "astronaut": "astronaut.png"}
LONGEST_PHOTO = 640
DETECTION_SIDES = (320, 640)
ARCFACE = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]]
)


def session(model):
    """onnxruntime wants a scale that serves a whole tensor to be a scalar without a block size."""
    tensors = {i.name: i for i in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "DequantizeLinear" and np.prod(tensors[node.input[1]].dims) == 1:
            del node.attribute[:]
            for name in node.input[1:]:
                del tensors[name].dims[:]
    read = {name for node in model.graph.node for name in node.input}
    for value in [i for i in model.graph.input if i.name not in read]:
        model.graph.input.remove(value)
    options = ort.SessionOptions()
    options.log_severity_level = 3
    return ort.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def detector_for(height, width):
    """YuNet is convolutional: only the declared sizes tie it to 640x640."""
    model = onnx.load(DETECTOR)
    dims = model.graph.input[0].type.tensor_type.shape.dim
    dims[2].dim_value, dims[3].dim_value = height, width
    for output in model.graph.output:
        stride = int(output.name.split("_")[1])
        output.type.tensor_type.shape.dim[1].dim_value = (height // stride) * (width // stride)
    del model.graph.value_info[:]
    return session(model)


def up_to_32(value, most):
    return int(min(max(-(-int(np.ceil(value)) // 32) * 32, 32), most))


def detect(image, longest):
    """Resampled in float: OpenCV's 8-bit path rounds twice. image: HxWx3 BGR. Returns the best face: box (x, y, w, h), five points, score; pixels of `image`."""
    h, w = image.shape[:2]
    height, width = (up_to_32(side * longest / max(h, w), longest) for side in (h, w))
    scale = min(width / w, height / h)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    exact = cv2.resize(image.astype(np.float32), (int(w * scale + 0.5), int(h * scale + 0.5)), interpolation=how)
    small = np.floor(exact + 0.5).astype(np.uint8)
    canvas = np.zeros((height, width, 3), np.uint8)
    canvas[: small.shape[0], : small.shape[1]] = small
    run = detector_for(height, width)
    names = [o.name for o in run.get_outputs()]
    blob = canvas.transpose(2, 0, 1)[None].astype(np.float32)
    out = dict(zip(names, run.run(None, {run.get_inputs()[0].name: blob})))
    best = None
    for stride in (8, 16, 32):
        score = np.sqrt(out[f"cls_{stride}"][0, :, 0].clip(0, 1) * out[f"obj_{stride}"][0, :, 0].clip(0, 1))
        cell = int(score.argmax())
        if best is None or score[cell] > best[2]:
            column, row = cell % (width // stride), cell // (width // stride)
            b, k = out[f"bbox_{stride}"][0, cell], out[f"kps_{stride}"][0, cell].reshape(5, 2)
            size = np.exp(b[2:]) * stride
            centre = (np.array([column, row]) + b[:2]) * stride
            box = np.concatenate([centre - size / 2, size]) / scale
            best = (box, (np.array([column, row]) + k) * stride / scale, float(score[cell]))
    return best


def aligned(image, points):
    """Umeyama's similarity by SVD, then OpenCV's bilinear warp."""
    points = points.astype(np.float64)
    mean_s, mean_d = points.mean(0), ARCFACE.mean(0)
    s, d = points - mean_s, ARCFACE - mean_d
    u, sigma, vt = np.linalg.svd(d.T @ s / 5)
    sign = np.array([1.0, np.sign(np.linalg.det(u) * np.linalg.det(vt))])
    rotation = u @ np.diag(sign) @ vt
    scale = (sigma * sign).sum() * 5 / (s**2).sum()
    matrix = np.column_stack([scale * rotation, mean_d - scale * rotation @ mean_s])
    return cv2.warpAffine(image, matrix, (112, 112), flags=cv2.INTER_LINEAR)


def main():
    embed = session(onnx.load(EMBEDDER))
    faces = []
    for name, file in PHOTOS.items():
        image = cv2.imread(str(ROOT / "tests" / "fixtures" / file))
        scale = LONGEST_PHOTO / max(image.shape[:2])
        if scale < 1:
            image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        cv2.imwrite(str(GOLDEN / f"{name}.png"), image, [cv2.IMWRITE_PNG_COMPRESSION, 9])
        for longest in DETECTION_SIDES:
            box, points, score = detect(image, longest)
            face = aligned(image, points)
            blob = face[:, :, ::-1].transpose(2, 0, 1)[None].astype(np.float32)
            template = embed.run(None, {"data": blob})[0][0].astype(np.float64)
            template /= np.linalg.norm(template)
            faces.append(
                {
                    "photo": f"{name}.png",
                    "longest": longest,
                    "score": round(score, 6),
                    "box": [round(float(v), 4) for v in box],
                    "points": [[round(float(x), 4), round(float(y), 4)] for x, y in points],
                    "template": base64.b64encode(template.astype("<f4").tobytes()).decode(),
                }
            )
    (GOLDEN / "faces.json").write_text(json.dumps(faces, indent=1) + "\n")


main()
