import { useEffect, useRef, useState } from "preact/hooks";
import type { MarkKind, Sketch } from "../../api/types";
import { strings } from "../../strings";
import { Button } from "../button/button";
import { Left } from "../field/field";
import { NAME, textErrors } from "../field/text-errors";
import { Said } from "../said/said";
import { Drawing, Symbol } from "./drawing";
import { FEWEST_CORNERS, KINDS, lateSigns, LONGEST_SIDE, metres, MOST_CORNERS, MOST_MARKS, moved, resized, SHORTEST_SIDE, spotOf, typedMetres, withCorner, withMark, withNote, without, type Part } from "./sketch";

type Change = (sketch: Sketch) => void;

/** Centimetres of one press of an arrow key; with Shift pressed, the smaller. */
const STEP = 50;
const SMALL_STEP = 10;
const KEYS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function nameOf(sketch: Sketch, { list, index }: Part): string {
  const words = strings.sketch;
  const mark = sketch.marks[index];
  return list === "marks" && mark !== undefined ? words.figure.named(words.figure.kinds[mark.kind], index + 1) : words.corner(index + 1);
}

/** A drawing whose parts are moved by finger, mouse or arrow keys, and all of them also by their lengths in a list below. */
export function SketchEditor({ sketch, onChange, onRemove }: { sketch: Sketch; onChange: Change; onRemove: () => void }) {
  const words = strings.sketch;
  const late = lateSigns(sketch);
  return (
    <div class="v-sketch-editor" data-testid="sketch-editor">
      <div class="v-sketch-editor__size">
        <LengthField id="sketch-width" label={words.width} value={sketch.width_cm} least={SHORTEST_SIDE} most={LONGEST_SIDE} whenLeft onValue={(width_cm) => onChange(resized(sketch, { width_cm }))} />
        <LengthField id="sketch-depth" label={words.depth} value={sketch.depth_cm} least={SHORTEST_SIDE} most={LONGEST_SIDE} whenLeft onValue={(depth_cm) => onChange(resized(sketch, { depth_cm }))} />
      </div>
      <p class="govuk-hint" id="sketch-how">
        {words.how}
      </p>
      <Movable sketch={sketch} onChange={onChange} />
      <div class="govuk-button-group">
        {KINDS.map((kind) => (
          <Button key={kind} kind="secondary" inactive={sketch.marks.length >= MOST_MARKS} onPress={() => onChange(withMark(sketch, kind))} testId={`sketch-add-${kind}`}>
            {words.add[kind]}
          </Button>
        ))}
        <Button kind="secondary" inactive={sketch.zone.length >= MOST_CORNERS} onPress={() => onChange(withCorner(sketch))} testId="sketch-add-corner">
          {words.addCorner}
        </Button>
      </div>
      {late.length > 0 && (
        <p class="govuk-inset-text" role="status" data-testid="sketch-late-signs">
          {words.lateSigns(late.join(", "))}
        </p>
      )}
      <Marks sketch={sketch} onChange={onChange} />
      <Corners sketch={sketch} onChange={onChange} />
      <Button kind="secondary" onPress={onRemove} testId="sketch-remove">
        {words.remove}
      </Button>
    </div>
  );
}

function Movable({ sketch, onChange }: { sketch: Sketch; onChange: Change }) {
  const words = strings.sketch;
  const drawing = useRef<SVGSVGElement>(null);
  const parts: Part[] = [...sketch.zone.map((_, index): Part => ({ list: "zone", index })), ...sketch.marks.map((_, index): Part => ({ list: "marks", index }))];
  const drag = (part: Part, event: PointerEvent) => {
    const matrix = drawing.current?.getScreenCTM();
    if (matrix == null) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    onChange(moved(sketch, part, { x_cm: x, y_cm: y }));
  };
  return (
    <Drawing sketch={sketch} ref={drawing} role="group" aria-label={words.drawing} aria-describedby="sketch-how">
      {parts.map((part) => {
        const spot = spotOf(sketch, part);
        if (spot === undefined) return null;
        const { x_cm, y_cm } = spot;
        return (
          <g
            key={`${part.list}${part.index}`}
            class={`v-sketch__handle v-sketch__handle--${part.list}`}
            tabindex={0}
            role="button"
            aria-label={words.handle(nameOf(sketch, part), metres(x_cm), metres(y_cm))}
            data-testid={`sketch-${part.list}-${part.index}`}
            onPointerDown={(event: PointerEvent & { currentTarget: SVGGElement }) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={(event: PointerEvent & { currentTarget: SVGGElement }) => event.currentTarget.hasPointerCapture(event.pointerId) && drag(part, event)}
            onKeyDown={(event: KeyboardEvent) => {
              const way = KEYS[event.key];
              if (way === undefined) return;
              event.preventDefault();
              const step = event.shiftKey ? SMALL_STEP : STEP;
              onChange(moved(sketch, part, { x_cm: x_cm + way[0] * step, y_cm: y_cm + way[1] * step }));
            }}
          >
            <path class="v-sketch__grip" d={`M${x_cm} ${y_cm}h0.01`} />
            {part.list === "zone" && <path class="v-sketch__dot" d={`M${x_cm} ${y_cm}h0.01`} />}
          </g>
        );
      })}
    </Drawing>
  );
}

function Marks({ sketch, onChange }: { sketch: Sketch; onChange: Change }) {
  const words = strings.sketch;
  return (
    <fieldset class="govuk-fieldset v-sketch-editor__parts">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{words.marks}</legend>
      {sketch.marks.map(({ kind, note }, index) => {
        const part: Part = { list: "marks", index };
        const id = `sketch-mark-${index}`;
        const wrong = textErrors([id, words.note, note ?? "", NAME]).length > 0;
        return (
          <Row key={index} sketch={sketch} part={part} id={id} kind={kind} onChange={onChange} onRemove={() => onChange(without(sketch, part))}>
            <label class="v-sketch-editor__field v-sketch-editor__field--note" for={`${id}-note`}>
              <span>
                {words.note}
                <span class="govuk-visually-hidden"> {nameOf(sketch, part)}</span>
              </span>
              <input id={`${id}-note`} class={`govuk-input v-input${wrong ? " govuk-input--error" : ""}`} value={note} aria-invalid={wrong ? "true" : undefined} autocomplete="off" onInput={(event) => onChange(withNote(sketch, index, event.currentTarget.value))} data-testid={`${id}-note`} />
              <Left id={`${id}-note`} value={note ?? ""} limit={NAME} />
            </label>
          </Row>
        );
      })}
    </fieldset>
  );
}

function Corners({ sketch, onChange }: { sketch: Sketch; onChange: Change }) {
  const words = strings.sketch;
  return (
    <fieldset class="govuk-fieldset v-sketch-editor__parts">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{words.corners}</legend>
      {sketch.zone.map((_, index) => {
        const part: Part = { list: "zone", index };
        const remove = sketch.zone.length > FEWEST_CORNERS ? () => onChange(without(sketch, part)) : undefined;
        return <Row key={index} sketch={sketch} part={part} id={`sketch-corner-${index}`} onChange={onChange} onRemove={remove} />;
      })}
    </fieldset>
  );
}

type RowProps = { sketch: Sketch; part: Part; id: string; kind?: MarkKind; onChange: Change; onRemove: (() => void) | undefined; children?: preact.ComponentChildren };

function Row({ sketch, part, id, kind, onChange, onRemove, children }: RowProps) {
  const words = strings.sketch;
  const name = nameOf(sketch, part);
  const spot = spotOf(sketch, part) ?? { x_cm: 0, y_cm: 0 };
  return (
    <div class="v-sketch-editor__row" role="group" aria-label={name}>
      <p class="v-sketch-editor__name">
        {kind !== undefined && <Symbol kind={kind} number={part.index + 1} />}
        <strong>{name}</strong>
      </p>
      <LengthField id={`${id}-x`} label={words.left} of={name} value={spot.x_cm} least={0} most={sketch.width_cm} onValue={(x_cm) => onChange(moved(sketch, part, { ...spot, x_cm }))} />
      <LengthField id={`${id}-y`} label={words.top} of={name} value={spot.y_cm} least={0} most={sketch.depth_cm} onValue={(y_cm) => onChange(moved(sketch, part, { ...spot, y_cm }))} />
      {children}
      {onRemove !== undefined && (
        <Button kind="secondary" label={words.removeNamed(name)} onPress={onRemove} testId={`${id}-remove`}>
          {words.removeShort}
        </Button>
      )}
    </div>
  );
}

type LengthProps = { id: string; label: string; /** Whose length it is, for those who don't see where the field stands. */ of?: string; value: number; least: number; most: number; /** Not while it is typed: "6" is on the way to "60". */ whenLeft?: boolean; onValue: (cm: number) => void };

/** A length in metres. What isn't one is told of, and what was there before stays. */
function LengthField({ id, label, of, value, least, most, whenLeft = false, onValue }: LengthProps) {
  const [text, setText] = useState(metres(value));
  const typed = typedMetres(text, least, most);
  useEffect(() => {
    if (typedMetres(text, least, most) !== value) setText(metres(value));
  }, [value]);
  return (
    <label class="v-sketch-editor__field" for={id}>
      <span>
        {label}
        {of !== undefined && <span class="govuk-visually-hidden"> {of}</span>}
      </span>
      {typed === undefined && (
        <span id={`${id}-error`} class="govuk-error-message">
          <Said text={strings.sketch.length(metres(least), metres(most))} />
        </span>
      )}
      <input
        id={id}
        class={`govuk-input v-input govuk-input--width-5${typed === undefined ? " govuk-input--error" : ""}`}
        inputMode="decimal"
        autocomplete="off"
        value={text}
        onInput={(event) => {
          const next = event.currentTarget.value;
          setText(next);
          const cm = typedMetres(next, least, most);
          if (cm !== undefined && !whenLeft) onValue(cm);
        }}
        onKeyDown={({ key }) => {
          if (key === "Enter" && typed !== undefined) onValue(typed);
        }}
        onBlur={() => {
          if (typed !== undefined && typed !== value) onValue(typed);
          else setText(metres(value));
        }}
        aria-invalid={typed === undefined ? "true" : undefined}
        aria-describedby={typed === undefined ? `${id}-error` : undefined}
        data-testid={id}
      />
    </label>
  );
}
