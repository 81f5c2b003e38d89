"""How much oftener do fused shots of a stranger reach a threshold than one shot? A simulation, for vedette-core's `Shots`.

Templates are those of cohort_size.py. What a group of people shares grows when shots are added up, and what a shot has by
chance does not, so a fused probe is nearer to everybody of its group. Prints the false alerts of two and of three fused
shots as multiples of those of one, at one threshold.

Run with numpy and scipy: python tests/bench/fused_shots.py
"""

import numpy as np

import cohort_size as c

PROBES, LENGTHS = 4000, {False: (100, 60), True: (700, 40)}


def probes(group, count, fused):
    person = c.rng.normal(size=(count, c.DIMENSIONS)) / np.sqrt(c.DIMENSIONS)
    share, total = c.SHARES[group], 0
    for _ in range(fused):
        chance = c.rng.normal(size=(count, c.DIMENSIONS)) / np.sqrt(c.DIMENSIONS)
        shown = np.clip(c.rng.normal(0.79, 0.09, count), 0.3, 0.99)[:, None]
        own = np.sqrt(shown) * person + np.sqrt(1 - shown) * chance
        shot = np.sqrt(c.EVERYBODY) * c.DIRECTIONS[0] + np.sqrt(share) * c.DIRECTIONS[1 + group] + np.sqrt(1 - c.EVERYBODY - share) * own
        total = total + shot / np.linalg.norm(shot, axis=1, keepdims=True)
    return (total / np.linalg.norm(total, axis=1, keepdims=True)).astype(np.float32)


def best_scores(group, fused, normalised):
    entries, lists = LENGTHS[normalised]
    best = []
    for _ in range(lists):
        listed = c.shots(group, entries)
        cosines = probes(group, PROBES, fused) @ listed.T
        if normalised:
            among = listed @ listed[: c.COHORT].T
            np.fill_diagonal(among, -9)
            count = c.COHORT // c.ONE_IN
            cosines = c.normalised(cosines, c.nearest(cosines[:, : c.COHORT], 1, count), c.nearest(among, 0, count))
        best.append(cosines.max(1))
    return np.concatenate(best)


if __name__ == "__main__":
    print(f"{'score':11} {'group':13} {'FPIR of one':>11} {'two fused':>10} {'three fused':>12}")
    for normalised in LENGTHS:
        for group, name in ((0, "white men"), (5, "indian women")):
            one, two, three = (best_scores(group, fused, normalised) for fused in (1, 2, 3))
            for rate in (1e-1, 1e-2, 1e-3):
                threshold = np.quantile(one, 1 - rate)
                times = [(scores >= threshold).mean() / rate for scores in (two, three)]
                print(f"{'normalised' if normalised else 'cosine':11} {name:13} {rate:11.0e} {times[0]:10.2f} {times[1]:12.2f}", flush=True)
