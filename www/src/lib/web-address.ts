/** The longest that the server takes. */
export const LONGEST_ADDRESS = 400;

/** An address on the web as the public can open it, in the letters that addresses are sent in, so that the server takes it; nothing where it is none. */
export function webAddress(typed: string): string | undefined {
  const text = typed.trim();
  if (!/^https:\/\/\S+$/.test(text) || !URL.canParse(text)) return undefined;
  const { href, hostname, username, password } = new URL(text);
  // A name before the host would hide whose page it is.
  if (username !== "" || password !== "" || !/^[^.]+(\.[^.]+)+$/.test(hostname)) return undefined;
  return href.length <= LONGEST_ADDRESS ? href : undefined;
}
