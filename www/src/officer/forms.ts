import type { Deployment } from "../api/types";

/** A form about a match that is being filled in. */
export type Form = {
  match: string;
  /** The face that was followed when it was begun. */
  followed: string | undefined;
  /** The deployment that it is of, where that has ended: another one may be live. */
  of: Deployment | undefined;
};

/** Begun, or touched again: the one that somebody writes on comes last. */
export function touched(forms: readonly Form[], form: Form): readonly Form[] {
  if (forms.at(-1)?.match === form.match) return forms;
  const known = forms.find(({ match }) => match === form.match);
  return [...putAway(forms, form.match), known ?? form];
}

export function putAway(forms: readonly Form[], match: string): readonly Form[] {
  return forms.filter((form) => form.match !== match);
}
