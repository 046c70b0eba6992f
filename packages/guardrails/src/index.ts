export { findPrivate, type PrivateFinding, type PrivateKind, privateKinds, redactPrivate } from './detect-private.ts';
export { guardModel, type GuardModelOptions } from './guard-model.ts';
export { blockPrivate } from './block-private.ts';
export { keepLocal, type KeepLocalOptions } from './keep-local.ts';
