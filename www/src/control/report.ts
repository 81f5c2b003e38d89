import type { Figure, Measured } from "../api/types";

/** The parts of a report of `vedette evaluate` that are shown: its figures. Names of files and people stay where the report is. */
type Report = {
  made_at: string;
  version: string;
  set: { name: string; people: number; images: number };
  systems: { sha256: string; pipeline: number; rows: (Figure & { threshold?: unknown })[] }[];
};

function isReport(value: unknown): value is Report {
  const { made_at, set, systems } = (value ?? {}) as Partial<Report>;
  const measured = (system: Partial<Report["systems"][number]>) => typeof system.sha256 === "string" && Array.isArray(system.rows);
  return typeof made_at === "string" && typeof set?.name === "string" && Array.isArray(systems) && systems.every(measured);
}

/** What each model of a report was measured to do; nothing where it is no report. */
export function measuredOf(text: string): Measured[] | undefined {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isReport(report)) return undefined;
  const { made_at, version, set } = report;
  return report.systems.map(({ sha256, pipeline, rows }) => ({
    made_at,
    version,
    set: set.name,
    people: set.people,
    images: set.images,
    sha256,
    pipeline,
    figures: rows.map(({ threshold: _, ...figure }) => figure),
  }));
}

/** The rates that decide what a target is worth: those at the product's own targets, and those about images. */
export function essential(figures: readonly Figure[]): Figure[] {
  return figures.filter(({ measure, condition }) => ["FTE", "FTA"].includes(measure) || (["FPIR", "TPIR"].includes(measure) && condition.startsWith("target")));
}

/** Populations, the whole set first. */
export function populations(figures: readonly Figure[]): string[] {
  return [...new Set(figures.map(({ population }) => population))];
}
