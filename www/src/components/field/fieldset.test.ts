import type { VNode } from "preact";
import { expect, test } from "vitest";
import { RadioField } from "./choice";
import { Fieldset } from "./fieldset";
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

const shell = { id: "when", hint: "To the minute", error: "Say when" };
const moment = () => MomentField({ ...shell, label: "Until when", value: "", onInput: () => undefined });
const choice = () => RadioField({ ...shell, legend: "Until when", options: [{ value: "end", text: "The end" }], value: undefined, onInput: () => undefined });

test.each([
  ["a time", moment],
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
  for (const field of [moment, choice]) expect(all(field()).filter(({ props }) => props.id === "when").length).toBe(1);
  expect(all(Fieldset({ id: "when", legend: "Until when", children: [] })).filter(({ props }) => props.id === "when").length).toBe(0);
});
