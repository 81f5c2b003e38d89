/** One clock never steps back, but may stand still while the device sleeps; the other runs on, but can be set. */
export type Clocks = { steady: () => number; wall: () => number };

export const CLOCKS: Clocks = { steady: () => performance.now(), wall: () => Date.now() };
