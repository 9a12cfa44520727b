export {
  type FolderRecord,
  type FolderRecord,
  folderRecordName,
  folderRecordName,
  readFolderRecord,
  readFolderRecord,
} from './folder-record';
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
export {
  type FolderFile,
  type FolderFile,
  type WrittenFolder,
  type WrittenFolder,
  writeFolder,
  writeFolder,
} from './write-folder';
