export type { KarmadaVersion } from '../model/karmada-version';
export type { KubernetesObject, ObjectMetadata } from '../model/kubernetes-object';
export { type Admission, type AdmitOptions, admit } from './admit';
export type { Cause, CauseLayer } from './cause';
export { type AdmissionOptions, callWebhooks, type WebhookAnswer } from './webhooks';
