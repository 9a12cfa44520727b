import { liveScenarios } from './scenarios';

const { KARMADA_KUBECONFIG, KARMADA_CONTEXT, MEMBERS_KUBECONFIG_DIR, LIVE_HEALTH } = process.env;
if (!KARMADA_KUBECONFIG || !MEMBERS_KUBECONFIG_DIR) {
  throw new Error('set KARMADA_KUBECONFIG and MEMBERS_KUBECONFIG_DIR; see docs/lab.md');
}

liveScenarios(async () => ({
  kubeconfig: KARMADA_KUBECONFIG,
  ...(KARMADA_CONTEXT && { context: KARMADA_CONTEXT }),
  memberFolder: MEMBERS_KUBECONFIG_DIR,
  wait: { timeout: 180, health: LIVE_HEALTH !== 'no' },
  patience: 60,
}));
