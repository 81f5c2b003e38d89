import { useEffect, useRef, useState } from "preact/hooks";
import { Vision } from "../../vision/client";
import type { EngineFailure, EngineState, FoundFace, PhotoResult } from "../../vision/protocol";

const LOADING: EngineState = { kind: "loading", progress: { done: 0, total: 0 } };

export type Engine = {
  state: EngineState;
  /** Waits until the engine is ready; nothing where it failed, which says nothing of the photograph. */
  encode: (photo: Blob, face?: FoundFace["box"]) => Promise<PhotoResult | undefined>;
  faces: (photo: Blob) => Promise<FoundFace[]>;
  /** Why it failed, if it did. */
  failure: () => EngineFailure | undefined;
  /** After a failure, tries again. */
  revive: () => void;
};

/** The face engine for a page that looks at photographs of people for `deployment`'s watchlist. It loads while files are chosen. */
export function useEngine(deployment: string): Engine {
  const [state, setState] = useState(LOADING);
  const now = useRef(LOADING);
  const vision = useRef<Vision>(undefined);
  const waiting = useRef<(() => void)[]>([]);

  useEffect(() => {
    const made = new Vision((message) => {
      if (message.kind !== "engine") return;
      now.current = message.state;
      setState(message.state);
      // Whoever waits goes on either way, and sees a failure there.
      if (message.state.kind === "ready" || message.state.kind === "failed") for (const go of waiting.current.splice(0)) go();
    });
    made.setList(deployment);
    vision.current = made;
    return () => made.close();
  }, []);

  const ready = async (): Promise<Vision | undefined> => {
    if (now.current.kind === "loading" || now.current.kind === "warming_up") await new Promise<void>((go) => waiting.current.push(go));
    return now.current.kind === "ready" ? vision.current : undefined;
  };
  const failure = () => (now.current.kind === "failed" ? now.current.reason : undefined);
  return {
    state,
    encode: async (photo, face) => {
      const result = await (await ready())?.encode(photo, face);
      return failure() === undefined ? result : undefined;
    },
    faces: async (photo) => (await (await ready())?.faces(photo)) ?? [],
    failure,
    revive: () => {
      if (failure() === undefined) return;
      now.current = LOADING;
      vision.current?.load();
    },
  };
}
