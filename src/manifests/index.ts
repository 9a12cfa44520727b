export { type FolderRecord, folderRecordName, readFolderRecord } from './folder-record';
export {
  placeOf,
  type ReadManifests,
  type ReadOptions,
  type ReadProblem,
  readManifests,
  readManifestsFrom,
} from './read';
export { realPath } from './read-paths';
export { readText, textOf } from './read-text';
export { type FolderFile, type WrittenFolder, writeFolder } from './write-folder';
