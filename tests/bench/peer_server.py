"""A plain server to compare ours with: FastAPI under uvicorn, numpy for the search. It takes what tablets send, over TLS, and answers
nobody's match; it knows no session, no database, no normalisation, and forgets nothing.

Run by cargo xtask bench server: peer_server.py PORT ENTRIES CERTIFICATE KEY
"""

import base64
import os
import sys

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

port, entries, certificate, key = sys.argv[1:]
references = np.random.default_rng(1).normal(size=(int(entries), 128)).astype(np.float32)
references /= np.linalg.norm(references, axis=1, keepdims=True)
THRESHOLD = 0.9

app = FastAPI()


class Candidate(BaseModel):
    id: str
    track: str
    beside: list[str]
    age_ms: int
    model: str
    pipeline: int
    transform: str | None
    quality: float
    shots: int
    template: str


@app.post("/v1/deployments/{deployment}/candidates")
async def offer(deployment: str, candidate: Candidate):
    probe = np.frombuffer(base64.b64decode(candidate.template), dtype="<f2").astype(np.float32)
    probe /= np.linalg.norm(probe)
    found = np.flatnonzero(references @ probe >= THRESHOLD)
    return {"crops_wanted": [str(entry) for entry in found]}


given = {"port": int(port), "ssl_certfile": certificate, "ssl_keyfile": key}
uvicorn.run(app, host="127.0.0.1", log_level="warning", timeout_keep_alive=60, **given)
