import type { Duty } from "../api/types";
import { Card } from "../components/card/card";
import { strings } from "../strings";
import { GUIDE_ADDRESS } from "../papers/route";
import type { RecordPage } from "./route";

/** Whose work each page is; those without a duty are for whoever is signed in. */
const DUTIES: Partial<Record<RecordPage, Duty[]>> = {
  complaints: ["record_complaints", "report"],
  holds: ["hold", "report"],
  "subject-access": ["answer_rights"],
  annual: ["report"],
};

export function mayOpen(page: RecordPage, duties: Duty[]): boolean {
  const needed = DUTIES[page];
  return needed === undefined || needed.some((duty) => duties.includes(duty));
}

const GROUPS: [keyof typeof strings.records.groups, RecordPage[]][] = [
  ["people", ["complaints", "holds", "subject-access"]],
  ["public", ["annual", "retention", "organisation"]],
  ["system", ["models", "settings"]],
];

/** Where what outlives a deployment is found: what people may ask for, and what the public is told. */
export function Records({ duties }: { duties: Duty[] }) {
  const words = strings.records;
  return (
    <>
      <h1 class="govuk-heading-l">{words.title}</h1>
      {GROUPS.map(([group, pages]) => {
        const open = pages.filter((page) => mayOpen(page, duties));
        return (
          open.length > 0 && (
            <section class="v-records" key={group} aria-labelledby={`records-${group}`}>
              <h2 class="govuk-heading-m" id={`records-${group}`}>
                {words.groups[group]}
              </h2>
              {group === "system" && (
                <Card title={<a href={GUIDE_ADDRESS}>{strings.operatorGuide.title}</a>}>
                  <p class="govuk-hint">{strings.operatorGuide.subtitle}</p>
                </Card>
              )}
              {open.map((page) => (
                <Card key={page} title={<a href={`#/${page}`}>{words.pages[page].title}</a>}>
                  <p class="govuk-hint">{words.pages[page].about}</p>
                </Card>
              ))}
            </section>
          )
        );
      })}
    </>
  );
}

export function BackToRecords() {
  return (
    <a class="v-back" href="#/records">
      {strings.records.back}
    </a>
  );
}
