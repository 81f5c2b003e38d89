import type { Entry } from "../api/types";
import { Notice } from "../components/banner/banner";
import { Button } from "../components/button/button";
import { Card } from "../components/card/card";
import { dayAndTime } from "../lib/time";
import { strings } from "../strings/en";

/** As many as the server keeps of one person. */
const MOST_PHOTOS = 5;
/** So many wrong alerts, and more of them than right ones, say that something is amiss with an entry's photos. */
const MANY_WRONG = 2;

type Props = {
  deployment: string;
  entries: Entry[];
  /** What was just done, in words. */
  done: string | undefined;
  /** Absent where the list only shrinks. */
  onAddPhoto: ((entry: Entry) => void) | undefined;
  onRemovePhoto: (entry: Entry, photo: string) => void;
  onRemove: (entry: Entry) => void;
};

/** Who is on the watchlist, with their photos and what was decided about their alerts. */
export function Entries({ deployment, entries, done, onAddPhoto, onRemovePhoto, onRemove }: Props) {
  const words = strings.entries;
  return (
    <section class="v-section" aria-labelledby="entries-title">
      <h2 class="govuk-heading-m" id="entries-title">
        {words.title}
      </h2>
      {done !== undefined && <Notice>{done}</Notice>}
      {entries.length === 0 && <p class="govuk-body">{words.none}</p>}
      {entries.map((entry) => {
        const { photos, verdicts } = entry;
        const path = `/v1/deployments/${deployment}/entries/${entry.id}/photos`;
        return (
          <Card
            key={entry.id}
            testId="entry-row"
            title={entry.name}
            actions={
              <>
                {onAddPhoto !== undefined && photos.length < MOST_PHOTOS && (
                  <Button kind="secondary" label={words.addPhotoNamed(entry.name)} onPress={() => onAddPhoto(entry)} testId="entry-add-photo">
                    {words.addPhoto}
                  </Button>
                )}
                <Button kind="secondary" label={words.removeNamed(entry.name)} onPress={() => onRemove(entry)} testId="entry-remove">
                  {words.remove}
                </Button>
              </>
            }
          >
            <ul class="v-photos">
              {photos.map((photo, index) => (
                <li key={photo.id}>
                  <img src={`${path}/${photo.id}`} alt={words.photoOf(entry.name, index + 1, photos.length)} width={96} height={96} />
                  {photos.length > 1 && (
                    <Button kind="secondary" label={words.removePhotoOf(entry.name, index + 1)} onPress={() => onRemovePhoto(entry, photo.id)} testId="photo-remove">
                      {words.removePhoto}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            <p class="govuk-hint">{words.enrolledAt(dayAndTime(entry.created_at))}</p>
            {verdicts.true + verdicts.false + verdicts.inconclusive > 0 && (
              <p class="govuk-body" data-testid="entry-verdicts">
                {words.verdicts(verdicts.true, verdicts.false, verdicts.inconclusive)}
              </p>
            )}
            {verdicts.false >= MANY_WRONG && verdicts.false > verdicts.true && (
              <div class="v-notice v-notice--error" data-testid="entry-wrong-alerts">
                <p>{words.manyWrong}</p>
              </div>
            )}
          </Card>
        );
      })}
    </section>
  );
}
