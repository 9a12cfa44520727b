export { cellsOf, isNowhere } from './cell';
export {
  brokenByChange,
  brokenByChangeMarkdown,
  contractSummary,
  contractsText,
  newlyBroken,
} from './contracts-text';
export { diffMarkdown } from './diff-markdown';
export { diffSummary, diffText } from './diff-text';
export { fieldChanges } from './field-change';
export { lossText } from './loss-text';
export { type PictureCall, planMermaid } from './mermaid';
export { isEmptyDiff, planDiff } from './plan-diff';
export { narrowedTo, type PlanSelection, partOf } from './plan-part';
export { planSummary, planText } from './plan-text';
export { type ScaledAfterLoss, scaledJson } from './scaled-after-loss';
export { isSecret, maskedPair } from './secret-mask';
export { type Style, styleFor, type TextOptions } from './style';
export { planSvg } from './svg';
export { type Column, drawTable, tableWidth } from './table';
export { type Variant, variantChanges } from './what-if';
export { whatIfText } from './what-if-text';
export { hanging, labelled } from './words';
