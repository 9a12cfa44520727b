export * from '../../imports/policy-specs';
