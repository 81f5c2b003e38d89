import { useEffect, useRef, useState } from "preact/hooks";

const MOST_ATTEMPTS = 8;
const AGAIN_MS = 500;

type Props = { src: string; alt: string; /** What stands in its place while it does not come. */ missing: string; testId: string };

/** A picture that is asked for again when it fails to come: the server may have been away for a moment. */
export function Picture({ src, alt, missing, testId }: Props) {
  const [attempt, setAttempt] = useState(0);
  const [broken, setBroken] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const retry = attempt === 0 ? "" : `${src.includes("?") ? "&" : "?"}attempt=${attempt}`;
  return (
    <>
      {broken && <p class="v-alert__missing">{missing}</p>}
      <img
        src={src + retry}
        alt={alt}
        hidden={broken}
        data-testid={testId}
        onLoad={() => setBroken(false)}
        onError={() => {
          setBroken(true);
          if (attempt < MOST_ATTEMPTS) timer.current = setTimeout(() => setAttempt(attempt + 1), AGAIN_MS * 2 ** Math.min(attempt, 4));
        }}
      />
    </>
  );
}
