export { strings } from "./en";
