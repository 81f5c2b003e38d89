import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Whether what holds the element is on the screen: not behind a card that has all the room, nor scrolled away. */
export function useInSight(element: RefObject<Element | null>, shown: boolean): boolean {
  const [inSight, setInSight] = useState(false);
  useEffect(() => {
    const holder = element.current?.parentElement;
    if (!shown || holder == null) return undefined;
    const observer = new IntersectionObserver((entries) => setInSight(entries.at(-1)?.isIntersecting ?? false));
    observer.observe(holder);
    return () => {
      observer.disconnect();
      setInSight(false);
    };
  }, [shown]);
  return inSight;
}
