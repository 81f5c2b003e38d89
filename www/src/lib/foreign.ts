import { strings } from "../strings";
import { language } from "../strings/language";

const [BEGIN, END] = ["\u2068", "\u2069"];

/** Words of the server, which speaks English only, within a text of the page: isolated as Unicode has it for what is of another language. */
export function foreign(words: string): string {
  return `${BEGIN}${words}${END}`;
}

const NUMBER = /\d+(?:[.,]\d+)*/g;

/** What the server says, as a page shows it: in the page's language where it knows the sentence, else told apart. */
export function fromServer(words: string): string {
  return language === "en" ? words : (known(words) ?? foreign(words));
}

/** In the page's language; nothing where that doesn't know the sentence, which may be what somebody typed. */
export function known(words: string): string | undefined {
  const sentence = strings.server[words.replaceAll(NUMBER, "#")];
  if (sentence === undefined) return undefined;
  const numbers = words.match(NUMBER) ?? [];
  return sentence.replaceAll("#", () => numbers.shift() ?? "");
}

/** Without the marks, for a file. */
export function plain(text: string): string {
  return text.replaceAll(BEGIN, "").replaceAll(END, "");
}

export type Part = { text: string; foreign: boolean };

/** A text in pieces of the page's own language and of the server's. */
export function parts(text: string): Part[] {
  return text.split(new RegExp(`(${BEGIN}[^${END}]*${END})`)).flatMap((piece): Part[] => {
    if (piece === "") return [];
    return piece.startsWith(BEGIN) ? [{ text: piece.slice(BEGIN.length, -END.length), foreign: true }] : [{ text: piece, foreign: false }];
  });
}
