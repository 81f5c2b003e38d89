/** Digits are grouped alike in English and Welsh, and not every browser knows how Welsh does it. */
export function whole(count: number): string {
  return count.toLocaleString("en-GB");
}

/** Digits that a rate's uncertainty allows. */
export function percent(share: number): string {
  return `${(100 * share).toLocaleString("en-GB", { maximumSignificantDigits: 2 })} %`;
}
