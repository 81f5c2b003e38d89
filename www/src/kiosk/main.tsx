import { render } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { api, ask } from "../api/client";
import { hasStatus } from "../api/problem";
import type { Session } from "../api/types";
import { loadedAnewOnReturn } from "../lib/returned";
import { whoIsHere } from "../lib/session";
import { Lane } from "./lane";
import { Shut } from "./screens";
import { SetUp } from "./set-up";

const AGAIN_MS = 2_000;

type Known = { kind: "asking" } | { kind: "silent" } | { kind: "signed_out"; paired: boolean } | { kind: "signed_in"; session: Session };

function Kiosk() {
  const [known, setKnown] = useState<Known>({ kind: "asking" });
  const load = useCallback(async () => {
    const result = await whoIsHere();
    if (result.ok) return setKnown({ kind: "signed_in", session: result.value });
    if (!hasStatus(result.problem, 401)) return setKnown({ kind: "silent" });
    const setup = await ask(api.GET("/v1/setup"));
    setKnown(setup.ok ? { kind: "signed_out", paired: setup.value.paired } : { kind: "silent" });
  }, []);
  useEffect(() => void load(), []);
  useEffect(() => {
    if (known.kind !== "silent") return undefined;
    const timer = setInterval(() => void load(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [known.kind]);
  const onSession = (session: Session) => setKnown({ kind: "signed_in", session });
  switch (known.kind) {
    case "asking":
      return <Shut why={undefined} onSession={onSession} />;
    case "silent":
      return <Shut why="server" onSession={onSession} />;
    case "signed_out":
      return <Shut why={known.paired ? "signed_out" : "unpaired"} onSession={onSession} />;
    case "signed_in":
      return known.session.kiosk == null ? <SetUp session={known.session} onSession={onSession} onLeft={load} /> : <Lane onSession={onSession} onLost={() => void load()} />;
  }
}

loadedAnewOnReturn();
const root = document.getElementById("app");
if (root !== null) render(<Kiosk />, root);
