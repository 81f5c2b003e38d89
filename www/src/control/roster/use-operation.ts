import { useCallback, useEffect, useState } from "preact/hooks";
import { api, ask } from "../../api/client";
import { problemText } from "../../api/problem";
import type { Deployment, Policy, PolicyCategory } from "../../api/types";

export type Loaded = { pilot: Deployment; policy: Policy; /** The categories of its plan. */ categories: PolicyCategory[] };

/** The deployment that a page is about, with the policy. */
export function useOperation(id: string): { loaded: Loaded | undefined; problem: string | undefined; refresh: () => Promise<void> } {
  const [loaded, setLoaded] = useState<Loaded>();
  const [problem, setProblem] = useState<string>();
  const refresh = useCallback(async () => {
    const [pilot, policy] = await Promise.all([ask(api.GET("/v1/deployments/{id}", { params: { path: { id } } })), ask(api.GET("/v1/policy"))]);
    if (!pilot.ok) setProblem(problemText(pilot.problem));
    else if (!policy.ok) setProblem(problemText(policy.problem));
    else {
      setProblem(undefined);
      setLoaded({ pilot: pilot.value, policy: policy.value, categories: planned(policy.value, pilot.value) });
    }
  }, [id]);
  useEffect(() => void refresh(), [refresh]);
  return { loaded, problem, refresh };
}

export function planned({ categories }: Policy, { operation }: Deployment): PolicyCategory[] {
  return categories.filter(({ name }) => operation?.plan.categories.includes(name) ?? false);
}
