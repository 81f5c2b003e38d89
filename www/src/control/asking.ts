/** Tells which answers are news: where questions overlap, the answer to an earlier one may come last, and be of what was before. */
export function inOrder() {
  let asked = 0;
  let newest = 0;
  return {
    /** The number of a question that is asked now. */
    next: () => (asked += 1),
    isNews: (question: number) => {
      if (question < newest) return false;
      newest = question;
      return true;
    },
    /** Something newer is known than whatever is on its way. */
    overtake: () => {
      newest = asked += 1;
    },
  };
}

/** Asks anew so long after each answer, and never two questions at a time. `pause` in milliseconds. */
export function keepAsking(question: () => Promise<void>, pause: () => number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asks = false;
  let stopped = false;
  const later = () => {
    timer = setTimeout(() => void now(), pause());
  };
  const now = async () => {
    if (asks || stopped) return;
    clearTimeout(timer);
    asks = true;
    await question();
    asks = false;
    if (!stopped) later();
  };
  later();
  return {
    now: () => void now(),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
