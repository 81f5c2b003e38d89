import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { strings } from "../../strings";
import { Said } from "../said/said";
import { ClockInput } from "./clock-input";
import { characters, type Limit } from "./text-errors";

type Shell = { id: string; label: string; hint?: string; error?: string | undefined };

export function describedBy({ id, hint, error }: { id: string; hint?: string | undefined; error?: string | undefined }): string | undefined {
  const ids = [hint === undefined ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`].filter((part) => part !== "");
  return ids.length === 0 ? undefined : ids.join(" ");
}

function Group({ id, label, hint, error, children }: Shell & { children: ComponentChildren }) {
  return (
    <div class={`govuk-form-group${error === undefined ? "" : " govuk-form-group--error"}`}>
      <label class="govuk-label govuk-!-font-weight-bold" for={id}>
        {label}
      </label>
      {hint !== undefined && (
        <div id={`${id}-hint`} class="govuk-hint">
          {hint}
        </div>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} class="govuk-error-message">
          <Said text={error} />
        </p>
      )}
      {children}
    </div>
  );
}

/** Until what is left is told aloud, in milliseconds: nobody is spoken to while they type. */
const PAUSE_MS = 1_000;

/** How many characters may follow, told once few are left, and how many are too many: nothing that is typed or pasted is cut. */
export function Left({ id, value, limit: { most } }: { id: string; value: string; limit: Limit }) {
  const left = most - characters(value);
  const text = left > most / 10 ? "" : left >= 0 ? strings.field.left(left, most) : strings.field.over(-left, most);
  const [told, setTold] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setTold(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <>
      <p class={`v-left${left < 0 ? " v-left--over" : ""}`} aria-hidden="true" data-testid={`${id}-left`}>
        {text}
      </p>
      <p class="govuk-visually-hidden" role="status">
        {told}
      </p>
    </>
  );
}

type TextProps = Shell & {
  value: string;
  onInput: (value: string) => void;
  type?: "text" | "password" | "number";
  autocomplete?: string;
  min?: string;
  max?: string;
  /** What can be kept. Anything may be typed, and whoever sends it looks for what can't with `textErrors`. */
  limit?: Limit;
  narrow?: boolean;
};

export function TextField(props: TextProps) {
  const { id, value, onInput, type = "text", autocomplete = "off", narrow = false, error } = props;
  return (
    <Group {...props}>
      <input
        id={id}
        name={id}
        // The attribute types want one literal, not a choice of three.
        type={type as "text"}
        class={`govuk-input v-input${narrow ? " govuk-input--width-20" : ""}${error === undefined ? "" : " govuk-input--error"}`}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        autocomplete={autocomplete}
        aria-describedby={describedBy(props)}
        aria-invalid={error === undefined ? undefined : "true"}
        min={props.min}
        max={props.max}
        spellcheck={false}
        autocapitalize={type === "password" ? "none" : undefined}
        data-testid={id}
      />
      {props.limit !== undefined && <Left id={id} value={value} limit={props.limit} />}
    </Group>
  );
}

/** A time of day. */
export function TimeField(props: Shell & { value: string; onInput: (value: string) => void }) {
  return (
    <Group {...props}>
      <ClockInput id={props.id} value={props.value} onInput={props.onInput} wrong={props.error !== undefined} describedBy={describedBy(props)} />
    </Group>
  );
}

/** A paragraph or several. */
export function TextArea(props: Shell & { value: string; onInput: (value: string) => void; rows?: number; limit?: Limit }) {
  const { id, value, onInput, rows = 3, error } = props;
  return (
    <Group {...props}>
      <textarea
        id={id}
        name={id}
        class={`govuk-textarea v-input${error === undefined ? "" : " govuk-textarea--error"}`}
        rows={rows}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        aria-describedby={describedBy(props)}
        aria-invalid={error === undefined ? undefined : "true"}
        data-testid={id}
      />
      {props.limit !== undefined && <Left id={id} value={value} limit={props.limit} />}
    </Group>
  );
}

/** Letters of which a closed list may not show all on a narrow screen. */
const SHOWN = 40;

export function SelectField(props: Shell & { value: string; onInput: (value: string) => void; options: { value: string; text: string }[] }) {
  const chosen = props.options.find(({ value }) => value === props.value)?.text ?? "";
  return (
    <Group {...props}>
      <select
        id={props.id}
        name={props.id}
        class={`govuk-select v-input${props.error === undefined ? "" : " govuk-select--error"}`}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        aria-describedby={describedBy(props)}
        aria-invalid={props.error === undefined ? undefined : "true"}
        data-testid={props.id}
      >
        {props.options.map(({ value, text }) => (
          <option key={value} value={value} selected={value === props.value}>
            {text}
          </option>
        ))}
      </select>
      {chosen.length > SHOWN && (
        // A closed list cuts a long choice short, and with it what tells two apart. Who hears the list hears all of it.
        <p class="v-select__whole" aria-hidden="true">
          {chosen}
        </p>
      )}
    </Group>
  );
}

/** A number by sliding; `text` says it in words. */
export function RangeField(
  props: Shell & { value: number; min: number; max: number; step: number; text: string; onInput: (value: number) => void },
) {
  return (
    <Group {...props} label={`${props.label}: ${props.text}`}>
      <input
        id={props.id}
        name={props.id}
        type="range"
        class="v-range"
        min={props.min}
        max={props.max}
        step={props.step}
        value={props.value}
        aria-valuetext={props.text}
        onInput={(event) => props.onInput(event.currentTarget.valueAsNumber)}
        data-testid={props.id}
      />
    </Group>
  );
}

export function FileField(props: Shell & { accept: string; onFile: (file: File) => void }) {
  // A new element after each choice, so that choosing the same file again is a choice too.
  const [turn, setTurn] = useState(0);
  return (
    <Group {...props}>
      <input
        key={turn}
        id={props.id}
        name={props.id}
        type="file"
        class="govuk-file-upload v-input"
        accept={props.accept}
        aria-describedby={describedBy(props)}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file === undefined) return;
          props.onFile(file);
          setTurn((before) => before + 1);
        }}
        data-testid={props.id}
      />
    </Group>
  );
}
