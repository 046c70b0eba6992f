import { type FailedAttempt, InvalidOptionsError } from '@cascadeflow/contract';
import type { CascadeAgent } from '@cascadeflow/core';
import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import type { BaseLanguageModelInput, StructuredOutputMethodOptions } from '@langchain/core/language_models/base';
import { BaseChatModel, type BaseChatModelParams, type BindToolsInput } from '@langchain/core/language_models/chat_models';
import type { ModelProfile } from '@langchain/core/language_models/profile';
import type { AIMessageChunk, BaseMessage } from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';
import { mergeConfigs, type Runnable, RunnableLambda, RunnablePassthrough, RunnableSequence, type RunnableConfig } from '@langchain/core/runnables';
import { StreamRelease } from './answer/stream-release.ts';
import { fromFailEvent, toCallerError } from './answer/to-caller-error.ts';
import { toMessage } from './answer/to-message.ts';
import { prepareChild } from './child/prepare-child.ts';
import type { Member } from './members.ts';
import { type CascadeCallOptions, openRun } from './open-run.ts';
import { mergeProfiles } from './profile.ts';
import { type OutputSchema, parseStructured, readStructuredRequest } from './structured-output.ts';
import { textOf } from './translate/from-messages.ts';
import { toToolDefinitions } from './translate/tools.ts';

/** What a {@link CascadeChatModel} is made of. `withCascade` puts it together. */
export interface CascadeChatModelFields extends BaseChatModelParams {
  readonly agent: CascadeAgent;
  /** In the order of the cascade. */
  readonly members: readonly Member[];
  /** Options of every call unless the call says otherwise. */
  readonly defaultOptions?: Partial<CascadeCallOptions>;
}

/**
 * A cascade as a LangChain chat model. Drafter and verifier are the caller's own chat models and run as children of its run; the answer is
 * the chosen model's message with `usage_metadata` of all calls and the decision in `response_metadata.cascade`.
 */
export class CascadeChatModel extends BaseChatModel<CascadeCallOptions, AIMessageChunk> {
  readonly agent: CascadeAgent;
  readonly members: readonly Member[];
  readonly #fields: CascadeChatModelFields;

  static override lc_name(): string {
    return 'CascadeChatModel';
  }

  constructor(fields: CascadeChatModelFields) {
    super(fields);
    this.#fields = fields;
    this.agent = fields.agent;
    this.members = fields.members;
  }

  override _llmType(): string {
    return 'cascadeflow';
  }

  override _identifyingParams(): { [key: string]: unknown } {
    return { models: this.members.map(({ model }) => `${model.provider}/${model.id}`) };
  }

  override get profile(): ModelProfile {
    return mergeProfiles(this.members.map((member) => member.chatModel.profile ?? {}));
  }

  override getLsParams(options: this['ParsedCallOptions']) {
    const name = this.members.map(({ model }) => model.id).join(' > ');
    return { ...super.getLsParams(options), ls_provider: 'cascadeflow', ls_model_name: name };
  }

  override getNumTokens(content: Parameters<BaseChatModel['getNumTokens']>[0]): Promise<number> {
    return (this.members.at(-1) as Member).chatModel.getNumTokens(content);
  }

  /** Binds options without losing the methods of a chat model, so that tools and a schema can be bound one after the other. */
  override withConfig(config: Partial<CascadeCallOptions> & RunnableConfig): CascadeChatModel {
    return new CascadeChatModel({ ...this.#fields, defaultOptions: mergeConfigs(this.#fields.defaultOptions, config) as Partial<CascadeCallOptions> });
  }

  /**
   * Binds tools to every model. Models that cannot call tools are left out of runs with tools, which the decision says.
   * @throws InvalidOptionsError when the verifier cannot call tools.
   */
  override bindTools(tools: BindToolsInput[], kwargs?: Partial<CascadeCallOptions>): CascadeChatModel {
    const verifier = this.members.at(-1) as Member;
    if (typeof verifier.chatModel.bindTools !== 'function') {
      throw new InvalidOptionsError('tools', `${verifier.config.name} answers last and has no bindTools; use a verifier that can call tools`);
    }
    return this.withConfig({ ...kwargs, tools });
  }

  /**
   * Holds every model to a schema, each in the way its own package does it unless `method` says otherwise. A draft that does not fit is
   * escalated; an answer that does not fit is thrown as `OutputParserException`. Bound tools stay bound.
   * @throws InvalidOptionsError naming the model that cannot be held to the schema.
   */
  override withStructuredOutput<Output extends Record<string, unknown> = Record<string, unknown>>(schema: OutputSchema<Output>, config?: StructuredOutputMethodOptions<false>): Runnable<BaseLanguageModelInput, Output>;
  override withStructuredOutput<Output extends Record<string, unknown> = Record<string, unknown>>(schema: OutputSchema<Output>, config?: StructuredOutputMethodOptions<true>): Runnable<BaseLanguageModelInput, { raw: BaseMessage; parsed: Output }>;
  override withStructuredOutput(schema: unknown, config: StructuredOutputMethodOptions<boolean> = {}): Runnable {
    const structured = readStructuredRequest(schema, config);
    const tools = this.#fields.defaultOptions?.tools;
    const toolNames = new Set(tools ? toToolDefinitions(tools).map((tool) => tool.name) : []);
    for (const { chatModel, config: member } of this.members) prepareChild(chatModel, member.name, { toolNames, binding: {}, structured, ...(tools && { tools }) });
    const model = this.withConfig({ cascadeStructured: structured });
    const parse = RunnableLambda.from((message: BaseMessage) => parseStructured(message, structured, toolNames));
    if (!config.includeRaw) return model.pipe(parse).withConfig({ runName: 'StructuredOutput' });
    const parsed = RunnablePassthrough.assign({ parsed: RunnableLambda.from((input: { raw: BaseMessage }, options) => parse.invoke(input.raw, options)) });
    const unparsed = RunnablePassthrough.assign({ parsed: () => null }) as unknown as typeof parsed;
    return RunnableSequence.from([{ raw: model }, parsed.withFallbacks({ fallbacks: [unparsed] })]).withConfig({ runName: 'StructuredOutputRunnable' });
  }

  protected override _separateRunnableConfigFromCallOptionsCompat(options?: Partial<CascadeCallOptions>): [RunnableConfig, this['ParsedCallOptions']] {
    const { defaultOptions } = this.#fields;
    return super._separateRunnableConfigFromCallOptionsCompat(defaultOptions ? (mergeConfigs(defaultOptions, options) as Partial<CascadeCallOptions>) : options);
  }

  /** @throws CascadeError when there is no answer, with the child's own error as its cause; the signal's reason after an abort. */
  override async _generate(messages: BaseMessage[], options: this['ParsedCallOptions'], runManager?: CallbackManagerForLLMRun): Promise<ChatResult> {
    const opened = openRun(messages, options as CascadeCallOptions, runManager, false);
    try {
      const result = await this.agent.run(opened.messages, opened.options);
      const message = toMessage(result, opened.context);
      const { input_tokens: promptTokens, output_tokens: completionTokens, total_tokens: totalTokens } = message.usage_metadata as NonNullable<typeof message.usage_metadata>;
      return { generations: [{ text: textOf(message), message }], llmOutput: { tokenUsage: { promptTokens, completionTokens, totalTokens } } };
    } catch (error) {
      throw toCallerError(error, opened.context, options.signal as AbortSignal | undefined);
    }
  }

  /** Streams nothing that could be taken back: a draft's text waits for its verdict, the verifier's comes as it is written. */
  override async *_streamResponseChunks(messages: BaseMessage[], options: this['ParsedCallOptions'], runManager?: CallbackManagerForLLMRun): AsyncGenerator<ChatGenerationChunk> {
    const opened = openRun(messages, options as CascadeCallOptions, runManager, true);
    const release = new StreamRelease(opened.context);
    const failures: FailedAttempt[] = [];
    const place = { prompt: ((options as CascadeCallOptions)['promptIndex'] as number | undefined) ?? 0, completion: 0 };
    try {
      for await (const event of this.agent.streamEvents(opened.messages, opened.options)) {
        for (const message of release.take(event)) {
          const chunk = new ChatGenerationChunk({ message, text: textOf(message) });
          yield chunk;
          await runManager?.handleLLMNewToken(chunk.text, place, undefined, undefined, undefined, { chunk });
        }
        if (event.type === 'attempt-fail') failures.push({ model: event.model, provider: event.provider, tier: event.tier, error: event.error });
        else if (event.type === 'cascade-fail') throw fromFailEvent(event, failures);
      }
    } catch (error) {
      throw toCallerError(error, opened.context, options.signal as AbortSignal | undefined);
    }
  }
}
