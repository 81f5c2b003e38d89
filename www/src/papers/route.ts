/** Papers about one deployment. */
export const KINDS = ["notice", "sign", "leaflet", "certificate", "row"] as const;
export type Kind = (typeof KINDS)[number];
export type Paper = { paper: Kind; deployment: string } | { paper: "annual"; year: number } | { paper: "guide" } | { paper: "unknown" };

/** The paper that an address asks for. */
export function parsePaper(hash: string): Paper {
  const annual = /^#\/annual\/(\d{4})$/.exec(hash);
  if (annual?.[1] !== undefined) return { paper: "annual", year: Number(annual[1]) };
  if (hash === "#/guide") return { paper: "guide" };
  const [, deployment, name] = /^#\/([0-9a-f-]{36})\/([a-z]+)$/i.exec(hash) ?? [];
  const paper = KINDS.find((kind) => kind === name);
  return deployment === undefined || paper === undefined ? { paper: "unknown" } : { paper, deployment };
}

export const paperAddress = (deployment: string, paper: Kind) => `/papers.html#/${deployment}/${paper}`;
export const annualAddress = (year: number) => `/papers.html#/annual/${year}`;
/** What an alert means, on one page (R142). */
export const GUIDE_ADDRESS = "/papers.html#/guide";
