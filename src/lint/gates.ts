import { defaultFeatureGates } from '../model/feature-gates';
