import { useEffect, useRef, useState } from "preact/hooks";
import { Vision } from "../../vision/client";
import { Crew, wanted } from "../../vision/crew";
import type { EngineFailure, EngineState, FoundFace, PhotoResult } from "../../vision/protocol";

export type Engine = {
  state: EngineState;
  /** Waits until an engine is ready; nothing where it failed, which says nothing of the photograph. */
  encode: (photo: Blob, face?: FoundFace["box"]) => Promise<PhotoResult | undefined>;
  faces: (photo: Blob) => Promise<FoundFace[]>;
  /** Why it failed, if it did. */
  failure: () => EngineFailure | undefined;
  /** After a failure, tries again. */
  revive: () => void;
  /** So many photographs are about to be looked at; says how many are looked at side by side. */
  prepare: (photographs: number) => number;
  /** They have been. */
  rest: () => void;
};

/** The face engine for a page that looks at photographs of people for `deployment`'s watchlist. It loads while files are chosen. */
export function useEngine(deployment: string): Engine {
  const [state, setState] = useState<EngineState>({ kind: "loading", progress: { done: 0, total: 0 } });
  const crew = useRef<Crew>(undefined);

  useEffect(() => {
    const made = new Crew((listen) => {
      const vision = new Vision(listen, "desk");
      vision.setList(deployment);
      return vision;
    }, setState);
    crew.current = made;
    return () => made.close();
  }, []);

  return {
    state,
    encode: async (photo, face) => crew.current?.encode(photo, face),
    faces: async (photo) => (await crew.current?.faces(photo)) ?? [],
    failure: () => crew.current?.failure(),
    revive: () => crew.current?.revive(),
    prepare: (photographs) => {
      const hands = wanted(photographs, navigator.hardwareConcurrency);
      crew.current?.hire(hands);
      return hands;
    },
    rest: () => crew.current?.release(),
  };
}
