export { distinctNames } from './distinct-names';
export {
  folderRecordName,
  readApplicationRecords,
  readFolderRecord,
  renderApplication,
} from './folder-record';
export {
  placeOf,
  type ReadManifests,
  type ReadProblem,
  readManifests,
  readManifestsFrom,
} from './read';
export { realPath } from './read-paths';
export { readText, textOf } from './read-text';
export { type FolderFile, writeFolder } from './write-folder';
