import { expect, test } from "vitest";
import { webAddress } from "./web-address";

test("an address on the web is one that the public can open, and encrypted", () => {
  const wrong = ["", "see our site", "harbour.example/privacy", "http://harbour.example", "javascript:alert(1)", "https:harbour.example", "https://", "https://harbour", "https://harbour..example", "https://a@harbour.example", "https://harbour.example/a b", `https://harbour.example/${"a".repeat(400)}`];
  expect(wrong.map(webAddress)).toEqual(wrong.map(() => undefined));
  const right = ["https://harbour.example", "https://www.harbour.example:8443/privacy/lfr?v=2#rights"];
  expect(right.map((text) => webAddress(` ${text} `))).toEqual(right);
});

test("letters that an address can't be sent in are written as it is sent", () => {
  expect(webAddress("https://tŷ.example/dŵr")).toBe("https://xn--t-foa.example/d%C5%B5r");
});
