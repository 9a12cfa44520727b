export type { KarmadaVersion } from '../karmada/release';
export type { KubernetesObject, ObjectMetadata } from '../kubernetes/object';
export type { FieldProblem, Problem } from '../problem/problem';
export { type Admission, type AdmitOptions, admit } from './admit';
export type { Cause, CauseLayer } from './cause';
export { type AdmissionOptions, callWebhooks, type WebhookAnswer } from './webhooks';
