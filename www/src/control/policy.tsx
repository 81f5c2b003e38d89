import { useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { problemText } from "../api/problem";
import type { Policy, Response } from "../api/types";
import { Notice } from "../components/banner/banner";
import { Button } from "../components/button/button";
import { ErrorSummary, errorFor, type FieldError } from "../components/error-summary/error-summary";
import { SelectField, TextField } from "../components/field/field";
import { NAME } from "../components/field/text-errors";
import { strings } from "../strings";
import { draftOf, policyOf, type PolicyDraft } from "./policy-draft";

/** What may be on a watchlist, for every operation. */
export function PolicyPage() {
  const words = strings.policy;
  const [draft, setDraft] = useState<PolicyDraft>();
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [saved, setSaved] = useState(false);

  const take = (policy: Policy) => setDraft(draftOf(policy));
  useEffect(() => {
    void ask(api.GET("/v1/policy")).then((result) => {
      if (result.ok) take(result.value);
      else setErrors([{ text: problemText(result.problem) }]);
    });
  }, []);
  const change = (next: PolicyDraft) => {
    setSaved(false);
    setDraft(next);
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (draft === undefined) return;
    const { errors: found, policy } = policyOf(draft);
    setErrors(found);
    if (policy === undefined) return;
    const result = await ask(api.PUT("/v1/policy", { body: policy }));
    if (result.ok) {
      take(result.value);
      setSaved(true);
    } else setErrors([{ text: problemText(result.problem) }]);
  };

  const responses = Object.entries(strings.particulars.responses).map(([value, text]) => ({ value, text }));
  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-l">{words.title}</h1>
      <p class="govuk-body">{words.lead}</p>
      {saved && <Notice testId="policy-saved">{words.saved}</Notice>}
      {draft !== undefined && (
        <form onSubmit={save} noValidate class="v-policy" data-testid="policy-form">
          <fieldset class="govuk-fieldset" aria-describedby="policy-categories-hint" id="policy-categories" tabIndex={-1}>
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{words.categories}</legend>
            <div class="govuk-hint" id="policy-categories-hint">
              {words.categoriesHint}
            </div>
            {draft.categories.map((category, at) => {
              const changed = (part: Partial<typeof category>) => change({ ...draft, categories: draft.categories.map((each, i) => (i === at ? { ...each, ...part } : each)) });
              return (
                <div class="v-policy__category" key={category.key}>
                  <TextField
                    id={`policy-category-${at}`}
                    label={words.category(at + 1)}
                    value={category.name}
                    onInput={(name) => changed({ name })}
                    limit={NAME}
                    error={errorFor(errors, `policy-category-${at}`)}
                  />
                  <SelectField
                    id={`policy-response-${at}`}
                    label={words.response(at + 1)}
                    value={category.response}
                    onInput={(response) => changed({ response: response as Response })}
                    options={responses}
                  />
                  <Button
                    kind="secondary"
                    label={words.removeNamed(category.name === "" ? words.category(at + 1) : category.name)}
                    onPress={() => change({ ...draft, categories: draft.categories.filter((_, i) => i !== at) })}
                    testId={`policy-remove-${at}`}
                  >
                    {words.remove}
                  </Button>
                </div>
              );
            })}
            <Button
              kind="secondary"
              onPress={() => change({ ...draft, next: draft.next + 1, categories: [...draft.categories, { key: draft.next, name: "", response: "green" }] })}
              testId="policy-add"
            >
              {words.add}
            </Button>
          </fieldset>
          <TextField
            id="policy-image-age"
            label={words.imageAge}
            type="number"
            narrow
            value={draft.imageAge}
            onInput={(imageAge) => change({ ...draft, imageAge })}
            error={errorFor(errors, "policy-image-age")}
          />
          <TextField
            id="policy-floor"
            label={words.floor}
            hint={words.floorHint}
            type="number"
            narrow
            value={draft.floor}
            onInput={(floor) => change({ ...draft, floor })}
            error={errorFor(errors, "policy-floor")}
          />
          <Button submit testId="policy-submit">
            {words.save}
          </Button>
        </form>
      )}
    </>
  );
}
