/** The longest that the server takes. */
export const LONGEST_ADDRESS = 400;

/** An address on the web as the public can open it, in the letters that addresses are sent in; nothing where it is none. */
export function webAddress(typed: string): string | undefined {
  const text = typed.trim();
  if (!/^https:\/\/\S+$/.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  // A name before the host would hide whose page it is.
  if (url.username !== "" || !/^[^.]+(\.[^.]+)+$/.test(url.hostname)) return undefined;
  const address = /^[\x21-\x7e]+$/.test(text) ? text : url.href;
  return address.length <= LONGEST_ADDRESS ? address : undefined;
}
