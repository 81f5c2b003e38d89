/** The records of a CSV text (RFC 4180). */
export function records(text: string): string[][] {
  const all: string[][] = [];
  let record: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ",") {
      record.push(cell);
      cell = "";
    } else if (char === "\n") {
      all.push([...record, cell]);
      record = [];
      cell = "";
    } else if (char !== "\r") cell += char;
  }
  if (cell !== "" || record.length > 0) all.push([...record, cell]);
  return all;
}
