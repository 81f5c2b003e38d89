import { expect, test } from "vitest";
import { webAddress } from "./web-address";

test("an address on the web is one that the public can open, and encrypted", () => {
  const wrong = ["", "see our site", "harbour.example/privacy", "http://harbour.example", "javascript:alert(1)", "https:harbour.example", "https://", "https://harbour", "https://harbour..example", "https://a@harbour.example", "https://:pw@harbour.example", "https:///a@harbour.example", "https://harbour.example/a b", `https://harbour.example/${"a".repeat(400)}`];
  expect(wrong.map(webAddress)).toEqual(wrong.map(() => undefined));
  const right = ["https://harbour.example/", "https://www.harbour.example:8443/privacy/lfr?v=2#rights"];
  expect(right.map((text) => webAddress(` ${text} `))).toEqual(right);
});

test("an address is sent as a browser would open it, also where it was typed in letters that no address has", () => {
  expect(webAddress("https://harbour.example")).toBe("https://harbour.example/");
  expect(webAddress("https://tŷ.example/dŵr")).toBe("https://xn--t-foa.example/d%C5%B5r");
  expect(webAddress("https://harbour.example\\privacy\\lfr")).toBe("https://harbour.example/privacy/lfr");
  expect(webAddress('https://harbour.example/a`b?c="d"')).toBe("https://harbour.example/a%60b?c=%22d%22");
});
