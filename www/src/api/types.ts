import type { components } from "./schema";

type Schemas = components["schemas"];

export type Role = Schemas["Role"];
export type RoleGrant = Schemas["RoleGrant"];
export type Duty = Schemas["Duty"];
export type Operation = Schemas["Operation"];
export type NewOperation = Schemas["NewOperation"];
export type JournalEntry = Schemas["JournalEntry"];
export type DocumentKind = Schemas["DocumentKind"];
export type User = Schemas["User"];
export type Device = Schemas["Device"];
export type Session = Schemas["Session"];
export type Deployment = Schemas["Deployment"];
export type DeploymentState = Schemas["DeploymentState"];
export type Entry = Schemas["Entry"];
export type NewEntry = Schemas["NewEntry"];
export type Verdict = Schemas["Verdict"];
export type Alert = Schemas["Alert"];
export type AlertState = Schemas["AlertState"];
export type Zone = Schemas["ZoneParts"];
export type PairingCode = Schemas["PairingCode"];
export type Certificate = Schemas["Certificate"];
export type ProblemSlug = Schemas["ProblemType"] extends `/problems/${infer Slug}` ? Slug : never;
