import { api, ask, type Result } from "../../api/client";
import { uuid7 } from "../../lib/uuid";
import { draftOf, typedOf } from "../proposal";

/** The id of the change of a deployment's plan that whoever is signed in has begun; a copy of the plan where there is none. */
export async function begin(deployment: string): Promise<Result<string>> {
  const own = await ask(api.GET("/v1/plans"));
  if (!own.ok) return own;
  const begun = own.value.find((plan) => plan.deployment === deployment);
  if (begun !== undefined) return { ok: true, value: begun.id };
  const pilot = await ask(api.GET("/v1/deployments/{id}", { params: { path: { id: deployment } } }));
  if (!pilot.ok) return pilot;
  const id = uuid7();
  const body = { deployment, typed: typedOf(draftOf(pilot.value)) };
  const saved = await ask(api.PUT("/v1/plans/{id}", { params: { path: { id } }, body }));
  return saved.ok ? { ok: true, value: id } : saved;
}
