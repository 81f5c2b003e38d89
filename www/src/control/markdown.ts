/** A model card's Markdown, as far as cards use it: headings, paragraphs, lists, tables, bold, code. Anything else stays text. */
export type Inline = { kind: "text" | "strong" | "code"; text: string };
export type Block =
  | { kind: "heading"; level: number; text: Inline[] }
  | { kind: "paragraph"; text: Inline[] }
  | { kind: "list"; items: Inline[][] }
  | { kind: "table"; /** Nothing where all of its cells are empty. */ head: Inline[][] | undefined; rows: Inline[][][] };

export function inline(text: string): Inline[] {
  return text
    .split(/(\*\*[^*]+\*\*|`[^`]+`)/)
    .filter((part) => part !== "")
    .map((part) => {
      if (part.startsWith("**") && part.length > 4) return { kind: "strong", text: part.slice(2, -2) };
      if (part.startsWith("`") && part.length > 2) return { kind: "code", text: part.slice(1, -1) };
      return { kind: "text", text: part };
    });
}

const cells = (line: string) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());

export function blocks(markdown: string): Block[] {
  return markdown
    .replaceAll("\r\n", "\n")
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(block);
}

function block(part: string): Block {
  const lines = part.split("\n");
  const heading = /^(#{1,6}) (.+)$/.exec(part);
  if (heading !== null && lines.length === 1) return { kind: "heading", level: heading[1]?.length ?? 1, text: inline(heading[2] ?? "") };
  if (lines.length > 1 && lines.every((line) => line.startsWith("|")) && /^[|\s:-]+$/.test(lines[1] ?? "")) {
    const head = cells(lines[0] ?? "");
    return { kind: "table", head: head.every((cell) => cell === "") ? undefined : head.map(inline), rows: lines.slice(2).map((line) => cells(line).map(inline)) };
  }
  if (/^[-*] /.test(part)) return { kind: "list", items: part.split(/\n(?=[-*] )/).map((item) => inline(item.replace(/^[-*] /, "").replace(/\s+/g, " "))) };
  return { kind: "paragraph", text: inline(lines.join(" ").replace(/\s+/g, " ")) };
}
