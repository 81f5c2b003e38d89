import type { VNode } from "preact";
import { expect, test } from "vitest";
import { RadioField } from "./choice";
import { Fieldset } from "./fieldset";
import { DayField } from "./day";
import { MomentField } from "./moment";

type Props = Record<string, unknown> & { children?: unknown };
type Node = VNode<Props>;
const isNode = (one: unknown): one is Node => typeof one === "object" && one !== null && "type" in one;

/** What stands on the page, with questions drawn as far as their fieldset. */
function all(node: unknown): Node[] {
  if (Array.isArray(node)) return node.flatMap(all);
  if (!isNode(node)) return [];
  if (typeof node.type === "function" && node.type.name !== "Said") return all((node.type as (props: Props) => unknown)(node.props));
  return [node, ...all(node.props.children)];
}

const shell = { id: "when", hint: "To the minute" };
const typed = { ...shell, label: "Until when", value: "", onInput: () => undefined };
const errors = [{ field: "when", text: "Say when" }];
const moment = () => MomentField({ ...typed, errors });
const day = () => DayField({ ...typed, errors });
const choice = () => RadioField({ ...shell, error: "Say when", legend: "Until when", options: [{ value: "end", text: "The end" }], value: undefined, onInput: () => undefined });

test.each([
  ["a time", moment],
  ["a day", day],
  ["a choice", choice],
])("R132: whoever hears the question of %s hears its hint and its error", (_, field) => {
  const drawn = all(field());
  const fieldset = drawn.find(({ type }) => type === "fieldset");
  const named = String(fieldset?.props["aria-describedby"]).split(" ");
  expect(named).toEqual(["when-hint", "when-error"]);
  const within = all(fieldset?.props.children).map(({ props }) => props.id);
  for (const id of named) expect(within).toContain(id);
});

test("R132: an error leads to one place, of which there is one", () => {
  for (const field of [moment, day, choice]) expect(all(field()).filter(({ props }) => props.id === "when").length).toBe(1);
  expect(all(Fieldset({ id: "when", legend: "Until when", children: [] })).filter(({ props }) => props.id === "when").length).toBe(0);
});

test("R132: what is wrong with a day or a time is marked where it is wrong, and said for all of it", () => {
  const marked = (found: { field: string; text: string }[]) =>
    all(MomentField({ ...typed, errors: found }))
      .filter(({ type, props }) => type === "input" && props["aria-invalid"] === "true")
      .map(({ props }) => props.id);
  expect(marked(errors)).toEqual(["when-day", "when-month", "when-year", "when-time"]);
  expect(marked([{ field: "when-month", text: "No such month" }])).toEqual(["when-month"]);
  expect(marked([{ field: "when-time", text: "No such time" }])).toEqual(["when-time"]);
  expect(marked([{ field: "whenever", text: "Another field's" }])).toEqual([]);
});

test("R132: each part of a day is typed as digits, and no browser fills in somebody's birthday", () => {
  const inputs = all(day()).filter(({ type }) => type === "input");
  expect(inputs.map(({ props }) => [props.type, props.inputMode, props.autocomplete])).toEqual(Array.from({ length: 3 }, () => ["text", "numeric", "off"]));
});

test("a whole day in one part fills all three, and another part stays as it is typed", () => {
  const heard: string[] = [];
  const type = (part: string, text: string) => {
    const input = all(DayField({ ...typed, value: "--4", errors: [], onInput: (value) => heard.push(value) })).find(({ props }) => props.id === `when-${part}`);
    (input?.props.onInput as (event: unknown) => void)({ currentTarget: { value: text } });
    return heard.at(-1);
  };
  expect(type("day", "27/11/2026")).toBe("2026-11-27");
  expect(type("month", "2026-11-27")).toBe("2026-11-27");
  expect(type("month", "13")).toBe("-13-4");
});
