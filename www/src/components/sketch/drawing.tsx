import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { MarkKind, Sketch } from "../../api/types";
import { area, gridOf, metres, middle, toZone } from "./sketch";

/** What a sketch is said in: a page's own language, or a paper's. */
export type SketchWords = {
  readonly label: (wide: string, deep: string, marks: number) => string;
  readonly zone: (square: string) => string;
  readonly grid: (step: string) => string;
  readonly kinds: Readonly<Record<MarkKind, string>>;
  readonly named: (kind: string, number: number) => string;
  readonly place: (left: string, top: string) => string;
  readonly apart: (distance: string) => string;
  readonly inZone: string;
};

/** The radius of a mark, of what is drawn. */
const MARK = 1 / 32;

/** Each kind has a shape of its own, so that no colour says which it is. */
function Shape({ kind, number, r }: { kind: MarkKind; number: number; r: number }) {
  return (
    <>
      {kind === "camera" && <circle class="v-sketch__camera" r={r} />}
      {kind === "sign" && <rect class="v-sketch__sign" x={-r} y={-r} width={2 * r} height={2 * r} />}
      {kind === "exit" && <path class="v-sketch__exit" d={`M0 ${-1.3 * r}L${1.3 * r} 0L0 ${1.3 * r}L${-1.3 * r} 0Z`} />}
      <text class={`v-sketch__number v-sketch__number--${kind}`} text-anchor="middle" dominant-baseline="central" font-size={1.25 * r}>
        {number}
      </text>
    </>
  );
}

/** As it stands in a list. */
export function Symbol({ kind, number }: { kind: MarkKind; number: number }) {
  return (
    <svg class="v-sketch__symbol" viewBox="-16 -16 32 32" aria-hidden="true">
      <Shape kind={kind} number={number} r={11} />
    </svg>
  );
}

function Grid({ sketch: { width_cm, depth_cm }, step }: { sketch: Sketch; step: number }) {
  const lines = (length: number) => Array.from({ length: Math.ceil(length / step) - 1 }, (_, at) => (at + 1) * step);
  return (
    <>
      {lines(width_cm).map((x) => (
        <line key={`x${x}`} class="v-sketch__grid" x1={x} x2={x} y1={0} y2={depth_cm} />
      ))}
      {lines(depth_cm).map((y) => (
        <line key={`y${y}`} class="v-sketch__grid" x1={0} x2={width_cm} y1={y} y2={y} />
      ))}
      <rect class="v-sketch__frame" width={width_cm} height={depth_cm} />
    </>
  );
}

/** All that a sketch shows, in its own centimetres. `children`: what lies over it. */
export function Drawing({ sketch, children, ...svg }: { sketch: Sketch; children?: ComponentChildren } & Record<string, unknown>) {
  const hatch = useId();
  const { width_cm, depth_cm, zone, marks } = sketch;
  const r = Math.max(width_cm, depth_cm) * MARK;
  const outline = zone.map(({ x_cm, y_cm }) => `${x_cm} ${y_cm}`).join(" ");
  const aim = middle(zone);
  // A mark may stand on the very edge.
  const margin = 1.5 * r;
  return (
    <svg class="v-sketch__drawing" viewBox={`${-margin} ${-margin} ${width_cm + 2 * margin} ${depth_cm + 2 * margin}`} {...svg}>
      <pattern id={hatch} patternUnits="userSpaceOnUse" width={r} height={r} patternTransform="rotate(45)">
        <line class="v-sketch__hatch" x1={0} x2={0} y1={0} y2={r} />
      </pattern>
      <Grid sketch={sketch} step={gridOf(sketch)} />
      <polygon points={outline} fill={`url(#${hatch})`} />
      <polygon class="v-sketch__zone" points={outline} />
      {marks.map(({ kind, at }, index) => kind === "camera" && <line key={index} class="v-sketch__sight" x1={at.x_cm} y1={at.y_cm} x2={aim.x_cm} y2={aim.y_cm} />)}
      {marks.map(({ kind, at }, index) => (
        <g key={index} transform={`translate(${at.x_cm} ${at.y_cm})`}>
          <Shape kind={kind} number={index + 1} r={r} />
        </g>
      ))}
      {children}
    </svg>
  );
}

/** A sketch with all that it shows in words. */
export function SketchFigure({ sketch, words }: { sketch: Sketch; words: SketchWords }) {
  const { width_cm, depth_cm, zone, marks } = sketch;
  return (
    <figure class="v-sketch" data-testid="sketch">
      <Drawing sketch={sketch} role="img" aria-label={words.label(metres(width_cm), metres(depth_cm), marks.length)} />
      <figcaption class="v-sketch__caption">
        {words.zone(metres(area(zone) / 100))} {words.grid(metres(gridOf(sketch)))}
      </figcaption>
      <ol class="v-sketch__list">
        {marks.map(({ kind, at, note }, index) => {
          const apart = toZone(zone, at);
          return (
            <li key={index}>
              <Symbol kind={kind} number={index + 1} />
              <span>
                <strong>{words.named(words.kinds[kind], index + 1)}</strong>
                {note !== "" && (
                  <>
                    {" "}
                    {/* Typed by somebody, in a language that nobody has said. */}
                    <span lang="" dir="auto">
                      {note}
                    </span>
                  </>
                )}
                <span class="v-sketch__place">
                  {words.place(metres(at.x_cm), metres(at.y_cm))} {apart === 0 ? words.inZone : words.apart(metres(apart))}
                </span>
              </span>
            </li>
          );
        })}
      </ol>
    </figure>
  );
}

/** So small that it only tells one place from another; what it shows is said elsewhere. */
export function SketchThumb({ sketch }: { sketch: Sketch }) {
  return (
    <span class="v-sketch-thumb" data-testid="sketch-thumb">
      <Drawing sketch={sketch} aria-hidden="true" />
    </span>
  );
}
