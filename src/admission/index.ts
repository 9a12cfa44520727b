export { type Admission, type AdmitOptions, admit } from './admit';
export type { Cause, CauseLayer } from './cause';
export { cronProblem } from './kubernetes/cron';
export { type AdmissionOptions, callWebhooks, type WebhookAnswer } from './webhooks';
