export { describeChatModel, type ChatModelFacts } from './describe-chat-model.ts';
export { mustSayFinishReason, readFinishReason } from './translate/finish-reason.ts';
export { toProviderError } from './translate/provider-error.ts';
export { addUsageMetadata, fromUsageMetadata } from './translate/usage.ts';
