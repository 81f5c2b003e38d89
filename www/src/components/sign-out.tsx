import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { strings } from "../strings";
import { Dialog } from "./dialog/dialog";

type SignOut = {
  signOut: () => Promise<void>;
  /** What is asked first, while it is. */
  question: ComponentChildren;
};

/** A sign-out is the whole browser's: where that stops a camera in another tab, `leave` waits for a yes. */
export function useSignOut(runsElsewhere: () => Promise<boolean> | boolean, leave: () => Promise<void>): SignOut {
  const [asked, setAsked] = useState(false);
  const words = strings.onDuty.leaving;
  const confirm = async () => {
    setAsked(false);
    await leave();
  };
  return {
    signOut: async () => ((await runsElsewhere()) ? setAsked(true) : leave()),
    question: asked && <Dialog title={words.title} text={words.text} confirm={words.confirm} onConfirm={confirm} onCancel={() => setAsked(false)} testId="sign-out-dialog" />,
  };
}
