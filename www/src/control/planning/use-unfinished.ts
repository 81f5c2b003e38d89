import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { api, ask } from "../../api/client";
import { problemText } from "../../api/problem";
import { draftFrom, typedOf, type Draft } from "../proposal";

/** Somebody who types on is not interrupted; who stops for so long has it saved. */
const PAUSE_MS = 800;
const AGAIN_MS = 4_000;

export type Kept = { kind: "fresh" } | { kind: "typing" } | { kind: "saving" } | { kind: "saved"; at: string } | { kind: "failed"; text: string };

export type Unfinished =
  | { kind: "loading" }
  | { kind: "failed"; text: string }
  | { kind: "gone" }
  | { kind: "open"; draft: Draft; /** Whose plan it is to replace. */ deployment: string | undefined; kept: Kept; edit: (draft: Draft) => void; /** False when it could not be saved. */ save: () => Promise<boolean>; /** What is typed is saved no more. */ leave: () => void };

/** A plan that is being written, saved on the server as it is typed. `fresh`: what it starts with where the server has none. */
export function useUnfinished(id: string, fresh: Draft | undefined): Unfinished {
  const [draft, setDraft] = useState<Draft>();
  const [deployment, setDeployment] = useState<string>();
  const [kept, setKept] = useState<Kept>({ kind: "fresh" });
  const [other, setOther] = useState<Unfinished>({ kind: "loading" });
  /** What the server does not have yet. */
  const unsaved = useRef<Draft | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const left = useRef(false);
  const of = useRef<string | undefined>(undefined);

  const later = useCallback((after: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), after);
  }, []);
  const save = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    const sent = unsaved.current;
    if (sent === undefined || left.current) return true;
    setKept({ kind: "saving" });
    const body = { deployment: of.current ?? null, typed: typedOf(sent) };
    const result = await ask(api.PUT("/v1/plans/{id}", { params: { path: { id } }, body }));
    if (!result.ok) {
      setKept({ kind: "failed", text: problemText(result.problem) });
      if (!left.current) later(AGAIN_MS);
      return false;
    }
    // More may have been typed meanwhile.
    if (unsaved.current === sent) {
      unsaved.current = undefined;
      setKept({ kind: "saved", at: result.value.saved_at });
    }
    return true;
  }, [id]);
  const edit = useCallback((next: Draft) => {
    unsaved.current = next;
    setDraft(next);
    setKept({ kind: "typing" });
    later(PAUSE_MS);
  }, []);
  const leave = useCallback(() => {
    left.current = true;
    unsaved.current = undefined;
    clearTimeout(timer.current);
  }, []);

  useEffect(() => {
    void ask(api.GET("/v1/plans")).then((result) => {
      if (!result.ok) return setOther({ kind: "failed", text: problemText(result.problem) });
      const found = result.value.find((plan) => plan.id === id);
      if (found === undefined && fresh === undefined) return setOther({ kind: "gone" });
      if (found !== undefined) setKept({ kind: "saved", at: found.saved_at });
      of.current = found?.deployment ?? undefined;
      setDeployment(of.current);
      setDraft(found === undefined ? fresh : draftFrom(found.typed));
    });
    // Whoever closes the page has it saved; and is asked, where that could not be done in time.
    const hidden = () => document.visibilityState === "hidden" && void save();
    const unload = (event: BeforeUnloadEvent) => {
      if (unsaved.current !== undefined) event.preventDefault();
    };
    document.addEventListener("visibilitychange", hidden);
    addEventListener("beforeunload", unload);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      removeEventListener("beforeunload", unload);
      void save();
      left.current = true;
      clearTimeout(timer.current);
    };
  }, [id]);

  return draft === undefined ? other : { kind: "open", draft, deployment, kept, edit, save, leave };
}
