import type { DeletionCertificate, Deployment, RetentionRule } from "../api/types";
import { RetentionTable } from "../control/retention";
import { strings } from "../strings";
import { Facts } from "./public";
import { instant } from "./when";

/** What was deleted, which key was destroyed, and the signature over it. */
export function CertificatePaper({ pilot, certificate, retention }: { pilot: Deployment; certificate: DeletionCertificate; retention: RetentionRule[] }) {
  const words = strings.papers.certificate;
  const reasons: Record<string, string> = words.reasons;
  return (
    <article class="v-sheet v-leaflet" data-testid="paper-sheet">
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <Facts
        all={[
          { name: words.deployment, text: `${pilot.name}, ${pilot.place}` },
          { name: words.id, text: certificate.deployment },
          { name: words.ended, text: instant(certificate.ended_at) },
          { name: words.reason, text: reasons[certificate.end_reason] ?? certificate.end_reason },
        ]}
      />
      {certificate.listed !== undefined && certificate.taken_off !== undefined && (
        <>
          <h2>{words.list}</h2>
          <Facts
            all={[
              ...(certificate.signed_for === undefined ? [] : [{ name: words.signedFor, text: String(certificate.signed_for) }]),
              { name: words.listed, text: String(certificate.listed) },
              { name: words.takenOff, text: String(certificate.taken_off) },
            ]}
          />
        </>
      )}
      <h2>{words.deleted}</h2>
      <Facts
        all={[
          { name: words.people, text: String(certificate.people) },
          { name: words.photos, text: String(certificate.photos) },
          { name: words.crops, text: String(certificate.crops) },
          ...(certificate.held === undefined ? [] : [{ name: words.held, text: String(certificate.held) }]),
        ]}
      />
      <h2>{words.key}</h2>
      <p>{words.keyText}</p>
      <div class="v-facts--exact">
        <Facts
          all={[
            { name: words.keyId, text: certificate.key },
            { name: words.destroyed, text: instant(certificate.key_destroyed_at) },
            { name: words.entry, text: `${certificate.journal_entry}, ${certificate.journal_hash}` },
            { name: words.signedBy, text: certificate.signed_by },
            { name: words.signature, text: certificate.signature },
          ]}
        />
      </div>
      <p>{words.check}</p>
      <h2>{strings.retention.title}</h2>
      <RetentionTable rows={retention} />
    </article>
  );
}
