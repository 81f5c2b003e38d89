import { useEffect, useState } from "preact/hooks";
import { strings } from "../../strings";
import type { FoundFace } from "../../vision/protocol";

type Props = { find: () => Promise<FoundFace[]>; onPick: (face: FoundFace["box"]) => void };

/** Asks which face of a photo is meant. Nothing is chosen beforehand. */
export function FacePicker({ find, onPick }: Props) {
  const words = strings.faces;
  const [faces, setFaces] = useState<(FoundFace & { url: string })[]>();
  useEffect(() => {
    let gone = false;
    let shown: { url: string }[] = [];
    void find().then((found) => {
      if (gone) return;
      const all = found.map((face) => ({ ...face, url: URL.createObjectURL(face.picture) }));
      shown = all;
      setFaces(all);
    });
    return () => {
      gone = true;
      for (const { url } of shown) URL.revokeObjectURL(url);
    };
  }, []);
  if (faces === undefined) return <p class="govuk-body">{words.finding}</p>;
  if (faces.length === 0) return <p class="govuk-body">{words.none}</p>;
  return (
    <div class="v-faces" role="group" aria-label={words.title} data-testid="face-picker">
      <p class="govuk-body">
        <strong>{words.title}</strong> {words.lead(faces.length)}
      </p>
      <ul class="v-faces__list">
        {faces.map(({ box, url }, at) => (
          <li key={url}>
            <button type="button" class="v-faces__face" onClick={() => onPick(box)} data-testid="face-pick">
              <img src={url} alt={words.pick(at + 1, faces.length)} />
              <span aria-hidden="true">{at + 1}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
