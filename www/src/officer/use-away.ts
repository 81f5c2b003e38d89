import { useEffect, useState } from "preact/hooks";
import { store, stored } from "../lib/stored";

/** What whoever looks has put away stays away when the page is loaded anew. Numbers of faces, nothing of anyone. */
const STORED = "vedette-put-away";
const NONE: ReadonlySet<string> = new Set();

/** The faces that `user` has put away, and what puts one more. Nobody else's are. */
export function useAway(user: string | undefined): [ReadonlySet<string>, (face: string) => void] {
  const [away, setAway] = useState<ReadonlySet<string>>(() => new Set(stored<string[]>(STORED)));
  useEffect(() => {
    if (user === undefined) return undefined;
    return () => {
      setAway(NONE);
      store(STORED, undefined);
    };
  }, [user]);
  const putAway = (face: string) => {
    const more = new Set([...away, face]);
    setAway(more);
    store(STORED, [...more]);
  };
  return [away, putAway];
}
