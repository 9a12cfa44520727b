export { type LabWatcher, labDown, labUp } from './lab';
export {
  defaultLabSettings,
  karmadaKubeconfig,
  type LabSettings,
  labFolder,
  memberNames,
} from './settings';
