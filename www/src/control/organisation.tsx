import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { hasStatus, problemText } from "../api/problem";
import type { Organisation } from "../api/types";
import { Notice } from "../components/banner/banner";
import { Button } from "../components/button/button";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { TextArea, TextField } from "../components/field/field";
import { NAME, textErrors, type Limit } from "../components/field/text-errors";
import { LONGEST_ADDRESS, webAddress } from "../lib/web-address";
import { strings } from "../strings";
import { BackToRecords } from "./records";

const MOST_HOLD_DAYS = 31;
const CONTACT: Limit = { most: 400, lines: true };
const ADDRESS: Limit = { most: LONGEST_ADDRESS, lines: false };
type Typed = Record<"name" | "nameCy" | "contact" | "complaints" | "privacy" | "days", string>;

function typed(organisation: Organisation | undefined): Typed {
  return {
    name: organisation?.name ?? "",
    nameCy: organisation?.name_cy ?? "",
    contact: organisation?.contact ?? "",
    complaints: organisation?.complaints ?? "",
    privacy: organisation?.privacy_url ?? "",
    days: String(organisation?.hold_days ?? MOST_HOLD_DAYS),
  };
}

/** Who is responsible, as the sign, the leaflet and the public notice say it. */
export function OrganisationPage({ keeps }: { keeps: boolean }) {
  const [known, setKnown] = useState<{ organisation: Organisation | undefined }>();
  const [form, setForm] = useState<Typed>(typed(undefined));
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [saved, setSaved] = useState(false);
  const words = strings.organisation;

  useEffect(() => {
    void ask(api.GET("/v1/organisation")).then((result) => {
      if (result.ok || hasStatus(result.problem, 404)) {
        const organisation = result.ok ? result.value : undefined;
        setKnown({ organisation });
        setForm(typed(organisation));
      } else setErrors([{ text: problemText(result.problem) }]);
    });
  }, []);

  const field = (name: keyof Typed) => ({
    id: `organisation-${name}`,
    value: form[name],
    onInput: (value: string) => {
      setSaved(false);
      setForm((before) => ({ ...before, [name]: value }));
    },
    error: errorFor(errors, `organisation-${name}`),
  });
  const optional = (text: string) => (text.trim() === "" ? null : text.trim());
  const save = async (event: Event) => {
    event.preventDefault();
    const found: FieldError[] = [];
    for (const [name, label] of [["name", words.name], ["contact", words.contact], ["complaints", words.complaints]] as const) {
      if (form[name].trim() === "") found.push({ field: `organisation-${name}`, text: strings.plan.missing(label) });
    }
    found.push(
      ...textErrors(
        ["organisation-name", words.name, form.name, NAME],
        ["organisation-nameCy", words.nameCy, form.nameCy, NAME],
        ["organisation-contact", words.contact, form.contact, CONTACT],
        ["organisation-complaints", words.complaints, form.complaints, CONTACT],
      ),
    );
    const privacy = form.privacy.trim() === "" ? null : webAddress(form.privacy);
    const tooLong = textErrors(["organisation-privacy", words.privacy, form.privacy, ADDRESS]);
    found.push(...tooLong);
    if (privacy === undefined && tooLong.length === 0) found.push({ field: "organisation-privacy", text: words.privacyWrong });
    const days = Number(form.days);
    if (!Number.isInteger(days) || days < 1 || days > MOST_HOLD_DAYS) found.push({ field: "organisation-days", text: words.daysWrong(MOST_HOLD_DAYS) });
    setErrors(found);
    if (found.length > 0 || privacy === undefined) return;
    const body = { name: form.name.trim(), name_cy: optional(form.nameCy), contact: form.contact.trim(), complaints: form.complaints.trim(), privacy_url: privacy, hold_days: days };
    const result = await ask(api.PUT("/v1/organisation", { body }));
    if (!result.ok) {
      setErrors([{ text: problemText(result.problem) }]);
      return;
    }
    setKnown({ organisation: result.value });
    setForm(typed(result.value));
    setSaved(true);
  };

  return (
    <>
      <BackToRecords />
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{words.title}</h1>
      <p class="govuk-body">{words.lead}</p>
      {known === undefined ? (
        errors.length === 0 && <p class="govuk-body">{strings.loading}</p>
      ) : keeps ? (
        <form class="v-form" onSubmit={save} noValidate data-testid="organisation-form">
          <TextField {...field("name")} label={words.name} hint={words.nameHint} limit={NAME} />
          <TextField {...field("nameCy")} label={words.nameCy} hint={words.nameCyHint} limit={NAME} />
          <TextArea {...field("contact")} label={words.contact} hint={words.contactHint} limit={CONTACT} />
          <TextArea {...field("complaints")} label={words.complaints} hint={words.complaintsHint} limit={CONTACT} />
          <TextField {...field("privacy")} label={words.privacy} hint={words.privacyHint} limit={ADDRESS} />
          <TextField {...field("days")} label={words.days} hint={words.daysHint(MOST_HOLD_DAYS)} type="number" narrow min="1" max={String(MOST_HOLD_DAYS)} />
          <Button submit testId="organisation-save">
            {words.save}
          </Button>
          {saved && <Notice testId="organisation-saved">{words.saved}</Notice>}
        </form>
      ) : known.organisation === undefined ? (
        <p class="govuk-inset-text" data-testid="organisation-none">
          {words.none}
        </p>
      ) : (
        <Summary organisation={known.organisation} />
      )}
    </>
  );
}

function Summary({ organisation }: { organisation: Organisation }) {
  const words = strings.organisation;
  const rows = [
    [words.name, organisation.name],
    [words.nameCy, organisation.name_cy ?? ""],
    [words.contact, organisation.contact],
    [words.complaints, organisation.complaints],
    [words.privacy, organisation.privacy_url ?? ""],
    [words.days, String(organisation.hold_days)],
  ] as const;
  return (
    <dl class="govuk-summary-list" data-testid="organisation">
      {rows
        .filter(([, text]) => text !== "")
        .map(([name, text]) => (
          <div class="govuk-summary-list__row" key={name}>
            <dt class="govuk-summary-list__key">{name}</dt>
            <dd class="govuk-summary-list__value v-plan__text">{text}</dd>
          </div>
        ))}
    </dl>
  );
}
