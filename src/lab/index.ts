export { type LabWatcher, labDown, labDownCommands, labUp, labUpCommands } from './lab';
export { defaultLabSettings, karmadaKubeconfig, type LabSettings, labFolder, memberNames } from './settings';
export { verifyDemo } from './verify-demo';
