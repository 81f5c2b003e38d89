import type { Duty } from "../api/types";
import { Card } from "../components/card/card";
import { strings } from "../strings";
import { GUIDE_ADDRESS } from "../papers/route";
import { mayOpen } from "./opens";
import type { RecordPage } from "./route";

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
        const open = pages.filter((record) => mayOpen({ page: "record", record }, duties));
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
