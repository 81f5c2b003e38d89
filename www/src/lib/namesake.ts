import type { Namesake } from "../api/types";
import { strings } from "../strings";

export type Person = { name: string; namesake?: Namesake | null | undefined };

/** As the person is called everywhere: with the number that the server gave, where others have the name. */
export function nameOf({ name, namesake }: Person): string {
  return namesake == null ? name : strings.namesakes.named(name, namesake.number, namesake.of);
}
