import { useEffect, useRef, useState } from "preact/hooks";

const MOST_ATTEMPTS = 8;
const AGAIN_MS = 500;

/** A picture that is asked for again when it fails to come: the server may have been away for a moment. */
export function Picture({ src, alt, testId }: { src: string; alt: string; testId: string }) {
  const [attempt, setAttempt] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const retry = attempt === 0 ? "" : `${src.includes("?") ? "&" : "?"}attempt=${attempt}`;
  return (
    <img
      src={src + retry}
      alt={alt}
      data-testid={testId}
      onError={() => {
        if (attempt < MOST_ATTEMPTS) timer.current = setTimeout(() => setAttempt(attempt + 1), AGAIN_MS * 2 ** Math.min(attempt, 4));
      }}
    />
  );
}
