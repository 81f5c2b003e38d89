"""How long must a watchlist be to serve as its own cohort? A simulation, for models/sface.md.

Templates are synthetic: a direction that all people share, one for each group, one for the person and one for the shot, in
128 dimensions. The shares are set so that comparisons of strangers have the means and deviations of the histograms in
models/calibration. Thresholds come from a calibration against an external cohort of 600, as the shipped one does; then a
list of N entries is its own cohort, and probes of strangers from each group are counted as they reach the threshold.

Run with numpy and scipy: python tests/bench/cohort_size.py
"""

import numpy as np
from scipy.stats import norm

rng = np.random.default_rng(1)
DIMENSIONS = 128
EVERYBODY = 0.03
# Group: its share of a template, and its part of a list that is mixed like the data.
GROUPS = {
    "white men": (0.115, 0.32),
    "white women": (0.13, 0.33),
    "asian men": (0.17, 0.03),
    "asian women": (0.18, 0.06),
    "indian men": (0.20, 0.05),
    "indian women": (0.24, 0.08),
    "other men": (0.14, 0.06),
    "other women": (0.18, 0.07),
}
SHARES = [share for share, _ in GROUPS.values()]
MIX = np.array([part for _, part in GROUPS.values()])
DIRECTIONS = np.linalg.qr(rng.normal(size=(DIMENSIONS, len(GROUPS) + 1)))[0].T
COHORT, ONE_IN, LEAST_DEVIATION, LAST = 600, 6, 0.01, 1e-3
# One false alert in so many faces: lax enough to be counted in 12,000 probes of each group.
TARGET = 300


def shots(group, count):
    """One shot each of `count` new people of a group; how much of the person shows differs from shot to shot."""
    person, chance = (rng.normal(size=(count, DIMENSIONS)) / np.sqrt(DIMENSIONS) for _ in range(2))
    shown = np.clip(rng.normal(0.79, 0.09, count), 0.3, 0.99)[:, None]
    own = np.sqrt(shown) * person + np.sqrt(1 - shown) * chance
    share = SHARES[group]
    x = np.sqrt(EVERYBODY) * DIRECTIONS[0] + np.sqrt(share) * DIRECTIONS[1 + group] + np.sqrt(1 - EVERYBODY - share) * own
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)


def nearest(scores, skipped, count):
    """Mean and deviation of each row's `count` highest scores after the `skipped` best."""
    top = np.sort(np.partition(scores, scores.shape[1] - skipped - count, axis=1)[:, -(skipped + count) :], axis=1)
    counted = top[:, ::-1][:, skipped:]
    return counted.mean(1), np.maximum(counted.std(1, ddof=1), LEAST_DEVIATION)


def normalised(cosines, rows, columns):
    return 0.5 * ((cosines - rows[0][:, None]) / rows[1][:, None] + (cosines - columns[0]) / columns[1])


def calibrated():
    """Functions from a false match rate to the threshold of the least favourable group, for cosine and normalised score."""
    strangers = np.concatenate([shots(group, COHORT // len(GROUPS)) for group in range(len(GROUPS))])
    gaussian, exponential = [], []
    for group in range(len(GROUPS)):
        people = shots(group, 2500)
        pairs = np.triu_indices(len(people), 1)
        cosines = people @ people.T
        own = nearest(people @ strangers.T, 0, COHORT // ONE_IN)
        before, last = np.quantile(cosines[pairs], [1 - 10 * LAST, 1 - LAST])
        gaussian.append((last, (last - before) / (norm.isf(LAST) - norm.isf(10 * LAST))))
        scores = normalised(cosines, own, own)[pairs]
        last = np.quantile(scores, 1 - LAST)
        exponential.append((last, (scores[scores > last] - last).mean()))
    cosine = lambda fmr: max(last + deviation * (norm.isf(fmr) - norm.isf(LAST)) for last, deviation in gaussian)
    return cosine, lambda fmr: max(last + mean * np.log(LAST / fmr) for last, mean in exponential)


def false_alerts(entries, parts, thresholds, probes=2000, lists=6):
    """The worst group's false alerts as a multiple of the target, by cosine and by normalised score."""
    found = np.zeros((2, len(GROUPS)))
    fmr = 1 - (1 - 1 / TARGET) ** (1 / entries)
    for _ in range(lists):
        group_of = rng.choice(len(GROUPS), size=entries, p=parts)
        listed = np.empty((entries, DIMENSIONS), np.float32)
        for group in range(len(GROUPS)):
            listed[group_of == group] = shots(group, (group_of == group).sum())
        cohort = rng.permutation(entries)[:COHORT]
        count = len(cohort) // ONE_IN
        among = listed @ listed[cohort].T
        among[cohort, np.arange(len(cohort))] = -9
        own = nearest(among, 0, count)
        for group in range(len(GROUPS)):
            cosines = shots(group, probes) @ listed.T
            scores = normalised(cosines, nearest(cosines[:, cohort], 1, count), own)
            for kind, values in enumerate((cosines, scores)):
                found[kind, group] += (values.max(1) >= thresholds[kind](fmr)).sum()
    return (found / (probes * lists) * TARGET).max(1)


def own_threshold(group, people=9000, block=500):
    """From a false match rate to the normalised score's threshold, of one group alone against 600 others of it."""
    strangers, listed = shots(group, COHORT), shots(group, people)
    own = nearest(listed @ strangers.T, 0, COHORT // ONE_IN)
    best, total = [], 0
    for start in range(0, people, block):
        rows = slice(start, start + block)
        scores = normalised(listed[rows] @ listed.T, (own[0][rows], own[1][rows]), own)
        scores = scores[np.arange(people)[None, :] > np.arange(start, start + len(scores))[:, None]]
        total += scores.size
        best.append(np.sort(scores)[-int(scores.size * 2 * LAST) - 1 :])
    best = np.sort(np.concatenate(best))[::-1]
    last = best[int(total * LAST)]
    excess = (best[best > last] - last).mean()
    return lambda fmr: best[int(total * fmr)] if total * fmr >= 10 else last + excess * np.log(LAST / fmr)


def one_group(group, entries, threshold, target, lists=40, probes=6000, block=1000):
    """False alerts as multiples of the target: the list as its own cohort, and 600 people outside it."""
    least, found = threshold(1 - (1 - 1 / target) ** (1 / entries)), np.zeros(2)
    for _ in range(lists):
        listed, outside = shots(group, entries), shots(group, COHORT)
        cohort = rng.permutation(entries)[:COHORT]
        count = len(cohort) // ONE_IN
        among = listed @ listed[cohort].T
        among[cohort, np.arange(len(cohort))] = -9
        columns = nearest(among, 0, count), nearest(listed @ outside.T, 0, COHORT // ONE_IN)
        for _ in range(probes // block):
            faces = shots(group, block)
            cosines = faces @ listed.T
            rows = nearest(cosines[:, cohort], 1, count), nearest(faces @ outside.T, 0, COHORT // ONE_IN)
            found += [(normalised(cosines, r, c).max(1) >= least).sum() for r, c in zip(rows, columns)]
    return found / (lists * probes) * target


if __name__ == "__main__":
    thresholds = calibrated()
    print(f"false alerts of the worst group as a multiple of the target, 1 in {TARGET}")
    print(f"{'list':12} {'entries':>8} {'cosine':>8} {'normalised':>11}")
    for name, parts in (("mixed", MIX / MIX.sum()), ("balanced", np.full(len(GROUPS), 1 / len(GROUPS))), ("one group", np.eye(len(GROUPS))[5])):
        for entries in (24, 60, 90, 150, 300, 600, 1000):
            cosine, score = false_alerts(entries, parts, thresholds)
            print(f"{name:12} {entries:8} {cosine:8.2f} {score:11.2f}", flush=True)

    print("\nnormalised score on lists of one group, at that group's own threshold")
    print(f"{'group':13} {'target':>8} {'entries':>8} {'own cohort':>11} {'outside':>8}")
    for group, name in ((0, "white men"), (5, "indian women")):
        threshold = own_threshold(group)
        for target in (1000, 6000):
            for entries in (300, 360, 450, 600):
                own, outside = one_group(group, entries, threshold, target)
                print(f"{name:13} {target:8} {entries:8} {own:11.2f} {outside:8.2f}", flush=True)
