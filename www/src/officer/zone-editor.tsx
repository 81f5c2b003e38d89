import { useRef, useState } from "preact/hooks";
import type { Zone } from "../api/types";
import { Button } from "../components/button/button";
import { RangeField } from "../components/field/field";
import { strings } from "../strings";
import { LARGEST_FROM, MOST_CORNERS, SMALLEST_FROM, SMALLEST_TO, WHOLE, isWhole, moved, withCorner, withLargest, withSmallest, withoutCorner, type Corner } from "./zone";

/** The picture's own size in pixels: what the drawing is laid over. */
type Picture = { width: number; height: number };

const words = strings.officer.zone;

function outline(corners: Corner[], { width, height }: Picture): string {
  return `M${corners.map(({ x, y }) => `${x * width} ${y * height}`).join("L")}Z`;
}

function Drawing({ zone, picture }: { zone: Zone; picture: Picture }) {
  const line = outline(zone.corners, picture);
  return (
    <>
      <path class="v-zone__outside" d={`M0 0H${picture.width}V${picture.height}H0Z${line}`} />
      <path class="v-zone__line v-zone__line--under" d={line} />
      <path class="v-zone__line" d={line} />
    </>
  );
}

/** What lies outside the zone is dimmed; nothing is drawn where the zone is the whole picture. */
export function ZoneOutline({ zone, picture }: { zone: Zone; picture: Picture }) {
  if (isWhole(zone)) return null;
  return (
    <svg class="v-zone" viewBox={`0 0 ${picture.width} ${picture.height}`} aria-hidden="true" data-testid="zone-outline">
      <Drawing zone={zone} picture={picture} />
    </svg>
  );
}

type EditorProps = {
  zone: Zone;
  picture: Picture;
  onChange: (zone: Zone) => void;
};

const STEP = 0.01;
const KEYS: Record<string, [number, number]> = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

/** The zone with a handle on each corner, for fingers, mouse and arrow keys. */
export function ZoneHandles({ zone, picture, onChange, selected, onSelect }: EditorProps & { selected: number; onSelect: (corner: number) => void }) {
  const drawing = useRef<SVGSVGElement>(null);
  const { width, height } = picture;
  const drag = (corner: number, event: PointerEvent) => {
    const matrix = drawing.current?.getScreenCTM();
    if (matrix == null) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    onChange(moved(zone, corner, { x: at.x / width, y: at.y / height }));
  };
  const longest = Math.max(width, height);
  const middle = { x: zone.corners.reduce((sum, c) => sum + c.x, 0) / zone.corners.length, y: zone.corners.reduce((sum, c) => sum + c.y, 0) / zone.corners.length };
  const sample = (share: number, kind: string) => {
    const w = share * longest;
    const h = w * 1.25;
    return <rect class={`v-zone__sample v-zone__sample--${kind}`} x={middle.x * width - w / 2} y={middle.y * height - h / 2} width={w} height={h} />;
  };
  return (
    <svg ref={drawing} class="v-zone v-zone--editing" viewBox={`0 0 ${width} ${height}`} role="group" aria-label={words.drawing}>
      <Drawing zone={zone} picture={picture} />
      <svg width={width} height={height}>
        {zone.largest < 1 && sample(zone.largest, "largest")}
        {sample(zone.smallest, "smallest")}
      </svg>
      {zone.corners.map(({ x, y }, corner) => (
        <g
          key={corner}
          class={`v-zone__corner${corner === selected ? " v-zone__corner--selected" : ""}`}
          tabindex={0}
          role="button"
          aria-label={words.corner(corner + 1, zone.corners.length, Math.round(x * 100), Math.round(y * 100))}
          aria-pressed={corner === selected}
          data-testid={`zone-corner-${corner}`}
          onFocus={() => onSelect(corner)}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            onSelect(corner);
          }}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(corner, event);
          }}
          onKeyDown={(event) => {
            const step = KEYS[event.key];
            if (step === undefined) return;
            event.preventDefault();
            onChange(moved(zone, corner, { x: x + step[0], y: y + step[1] }));
          }}
        >
          <path class="v-zone__grip" d={`M${x * width} ${y * height}h0.01`} />
          <path class="v-zone__dot" d={`M${x * width} ${y * height}h0.01`} />
        </g>
      ))}
    </svg>
  );
}

type FormProps = {
  zone: Zone;
  selected: number;
  onChange: (zone: Zone) => void;
  /** Returns what to tell the officer when it could not be saved. */
  onSave: () => Promise<string | undefined>;
  onCancel: () => void;
};

/** Everything about the zone that is not drawn. */
export function ZoneForm({ zone, selected, onChange, onSave, onCancel }: FormProps) {
  const [problem, setProblem] = useState<string>();
  const percent = (share: number) => words.percent(Math.round(share * 1000) / 10);
  return (
    <section class="v-zone-form" aria-labelledby="zone-title" data-testid="zone-form">
      <h2 class="v-officer__title" id="zone-title">
        {words.title}
      </h2>
      <p>{words.lead}</p>
      <div class="v-zone-form__sizes">
        <RangeField
          id="zone-smallest"
          label={words.smallest}
          min={SMALLEST_FROM}
          max={SMALLEST_TO}
          step={0.005}
          value={zone.smallest}
          text={percent(zone.smallest)}
          onInput={(share) => onChange(withSmallest(zone, share))}
        />
        <RangeField
          id="zone-largest"
          label={words.largest}
          min={LARGEST_FROM}
          max={1}
          step={0.005}
          value={zone.largest}
          text={percent(zone.largest)}
          onInput={(share) => onChange(withLargest(zone, share))}
        />
      </div>
      {problem !== undefined && (
        <p class="v-alert__problem" role="alert">
          {problem}
        </p>
      )}
      <div class="v-zone-form__buttons">
        <Button onPress={async () => setProblem(await onSave())} testId="zone-save">
          {words.save}
        </Button>
        <Button kind="secondary" onPress={onCancel} testId="zone-cancel">
          {words.cancel}
        </Button>
        <Button kind="secondary" inactive={zone.corners.length >= MOST_CORNERS} onPress={() => onChange(withCorner(zone))} testId="zone-add">
          {words.add}
        </Button>
        <Button kind="secondary" inactive={zone.corners.length <= 3} onPress={() => onChange(withoutCorner(zone, selected))} testId="zone-remove">
          {words.remove(selected + 1)}
        </Button>
        <Button kind="secondary" onPress={() => onChange({ ...zone, ...WHOLE })} testId="zone-whole">
          {words.whole}
        </Button>
      </div>
    </section>
  );
}
