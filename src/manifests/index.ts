export {
  placeOf,
  type ReadManifests,
  type ReadOptions,
  type ReadProblem,
  readManifests,
  readManifestsFrom,
} from './read';
