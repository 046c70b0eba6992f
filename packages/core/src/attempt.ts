import {
  type AttemptBill,
  type AttemptRef,
  type AttemptRole,
  type AttemptStatus,
  CascadeError,
  type Draft,
  type EndEvent,
  type FinishReason,
  type ModelEvent,
  type ModelRequest,
  ProviderError,
  type ReasoningPart,
  type TokenLogprob,
  type ToolCall,
  type Verdict,
} from '@cascadeflow/contract';
import { billOf } from './bill.ts';
import type { Admission } from './guard.ts';
import type { Mutable } from './mutable.ts';
import type { Run } from './run.ts';
import type { Tier } from './tiers.ts';

/** What an attempt is started with. */
export interface AttemptStart {
  readonly tier: Tier;
  readonly role: AttemptRole;
  readonly step: number;
  readonly request: ModelRequest;
  /** Milliseconds the whole call may take, `Infinity` where only the run's end bounds it. */
  readonly limitMs: number;
  readonly admission?: Admission | undefined;
}

/**
 * One model called once. It reads the model's stream by itself, keeps what was written, and hands the events on in order. It ends by the
 * model's end, by a failure, or by {@link cancel}, and never waits for a model that does not listen to its signal.
 */
export class Attempt implements AttemptRef {
  readonly attempt: number;
  readonly step: number;
  readonly role: AttemptRole;
  readonly provider: string;
  readonly model: string;
  readonly tier: number;
  readonly from: Tier;
  readonly request: ModelRequest;
  readonly startedAt: number;
  /** The policy that kept the call from being made. */
  readonly refusedBy: 'breaker' | 'bulkhead' | 'rate-limit' | undefined;

  content = '';
  readonly toolCalls: ToolCall[] = [];
  readonly reasoning: ReasoningPart[] = [];
  logprobs: TokenLogprob[] | undefined;
  firstMs: number | undefined;
  latencyMs = 0;
  end: EndEvent | undefined;
  error: CascadeError | undefined;
  status: AttemptStatus | undefined;
  cancelReason: string | undefined;
  bill: AttemptBill = { estimated: false };
  verdict: Verdict | undefined;
  /** True once it has been judged in the light of another answer. */
  heardOpinion = false;
  /** True once samples and the model judge have had their say. */
  askedFurther = false;
  /** How much of `content` has been taken from the queue. */
  readLength = 0;
  /** How much of `content` the reader has been given. */
  releasedLength = 0;
  /** True once the reader has been given text that may not be withdrawn. */
  committed = false;
  /** True once it turns out that another call made it needless: speculation's share of the bill. */
  spare = false;
  /** Called once, when the first piece of the answer has come or the attempt has ended without. */
  onFirst: (() => void) | undefined;
  /** Called once, when the attempt has ended. */
  onEnd: (() => void) | undefined;

  readonly #run: Run;
  readonly #admission: Admission | undefined;
  readonly #controller = new AbortController();
  /** Events that came before anyone followed. */
  readonly #early: ModelEvent[] = [];
  readonly #stopTimers: () => void;
  #lastEventAt: number;
  #take: ((event: ModelEvent) => void) | undefined;
  #ended: (() => void) | undefined;

  constructor(run: Run, start: AttemptStart) {
    this.#run = run;
    this.#admission = start.admission;
    this.attempt = run.attemptCount++;
    this.step = start.step;
    this.role = start.role;
    this.from = start.tier;
    this.provider = start.tier.info.provider;
    this.model = start.tier.info.name;
    this.tier = start.tier.info.tier;
    this.request = start.request;
    this.refusedBy = start.admission?.refusal?.policy;
    this.startedAt = run.settings.clock.now();
    this.#lastEventAt = this.startedAt;
    run.live.add(this);
    run.unreported.add(this);
    const { attempt, step, role, provider, model, tier } = this;
    run.emit({ type: 'draft-start', attempt, step, role, provider, model, tier });
    this.#stopTimers = this.#watch(start.limitMs);
    if (run.stopped) this.cancel(run.stopped);
    else if (start.admission?.refusal) this.#fail(start.admission.refusal.error);
    else void this.#read();
  }

  ref(): AttemptRef {
    const { attempt, step, role, provider, model, tier } = this;
    return { attempt, step, role, provider, model, tier };
  }

  /** Hands every event of the model to `take`, those that have come already first, and resolves when the attempt has ended. */
  follow(take: (event: ModelEvent) => void): Promise<void> {
    for (const event of this.#early.splice(0)) if (this.status === undefined || this.status === 'ok') take(event);
    if (this.status) return Promise.resolve();
    this.#take = take;
    return new Promise((resolve) => (this.#ended = resolve));
  }

  /** Ends the call: with a reason because its answer is no longer needed, or with the error that stopped the run. */
  cancel(reason: string | CascadeError): void {
    if (this.status) return;
    const isError = typeof reason !== 'string';
    if (isError) this.error = reason;
    else this.cancelReason = reason;
    this.#close(isError && reason.code !== 'aborted' ? 'failed' : 'cancelled');
    this.#controller.abort(isError ? reason : new CascadeError('aborted', reason));
  }

  /** What was written, as judges see it. */
  draft(): Draft {
    const { provider, model, tier, content, toolCalls, reasoning, logprobs } = this;
    const draft: Mutable<Draft> = { provider, model, tier, content, toolCalls, finishReason: this.finishReason(), complete: this.status === 'ok' };
    if (reasoning.length > 0) draft.reasoning = reasoning;
    if (logprobs) draft.logprobs = logprobs;
    if (this.bill.usage) draft.usage = this.bill.usage;
    return draft;
  }

  finishReason(): FinishReason {
    return this.end?.finishReason ?? { unified: 'error' };
  }

  async #read(): Promise<void> {
    try {
      for await (const event of this.from.model.stream(this.request, { signal: this.#controller.signal })) {
        if (this.status) return;
        this.#keep(event);
        if (this.status) return;
        if (event.type === 'end') return this.#close('ok');
      }
      if (!this.status) this.#fail(this.#cut());
    } catch (error) {
      if (!this.status) this.#fail(toCascadeError(error, this));
    }
  }

  #keep(event: ModelEvent): void {
    this.#lastEventAt = this.#run.settings.clock.now();
    if (event.type === 'text-delta') this.content += event.text;
    else if (event.type === 'tool-call') this.toolCalls.push(event.call);
    else if (event.type === 'reasoning-delta') this.#takeReasoning(event);
    else if (event.type === 'logprobs') (this.logprobs ??= []).push(...event.tokens);
    else if (event.type === 'end') this.end = event;
    if (this.firstMs === undefined && event.type !== 'end') {
      this.firstMs = this.#lastEventAt - this.startedAt;
      this.onFirst?.();
    }
    if (this.#take) this.#take(event);
    else this.#early.push(event);
  }

  #takeReasoning(event: Extract<ModelEvent, { type: 'reasoning-delta' }>): void {
    const open = this.reasoning.at(-1);
    const closes = { ...(event.signature !== undefined && { signature: event.signature }), ...(event.redacted !== undefined && { redacted: event.redacted }) };
    if (!open || open.signature !== undefined || open.redacted !== undefined) {
      this.reasoning.push({ text: event.text, provider: this.provider, ...closes });
    } else {
      this.reasoning[this.reasoning.length - 1] = { ...open, text: open.text + event.text, ...closes };
    }
  }

  #fail(error: CascadeError): void {
    this.error = error;
    this.#close(error instanceof ProviderError && error.kind === 'cut' ? 'cut' : 'failed');
  }

  #close(status: AttemptStatus): void {
    this.status = status;
    this.latencyMs = this.#run.settings.clock.now() - this.startedAt;
    this.#stopTimers();
    this.#run.live.delete(this);
    this.bill = billOf(this, this.#run.settings.estimateTokens);
    if (!this.#admission?.refusal) this.#run.settings.latency.record(this);
    this.#admission?.done?.(this);
    if (this.firstMs === undefined) this.onFirst?.();
    this.onEnd?.();
    this.#ended?.();
  }

  #cut(): ProviderError {
    return new ProviderError(`${this.provider}/${this.model} stopped before the end of its answer`, {
      kind: 'cut',
      provider: this.provider,
      model: this.model,
      retryable: true,
    });
  }

  /** Gives the call up when the model is silent for too long or the whole call takes too long. One timer, set anew only when it fires. */
  #watch(limitMs: number): () => void {
    const { clock, silenceMs } = this.#run.settings;
    let stop: () => void;
    const arm = () => {
      const now = clock.now();
      const left = Math.min(this.#lastEventAt + silenceMs - now, this.startedAt + limitMs - now);
      stop = clock.after(Math.max(left, 0), () => {
        const late = clock.now();
        if (late - this.#lastEventAt < silenceMs && late - this.startedAt < limitMs) return arm();
        const limit = late - this.startedAt >= limitMs ? limitMs : silenceMs;
        this.cancel(timeoutError(this, Math.round(limit)));
      });
    };
    arm();
    return () => stop();
  }
}

function timeoutError(attempt: AttemptRef, ms: number): ProviderError {
  return new ProviderError(`${attempt.provider}/${attempt.model} gave no answer within ${ms} ms`, {
    kind: 'timeout',
    provider: attempt.provider,
    model: attempt.model,
    retryable: true,
  });
}

/** Whatever a model threw, as one of our errors. The text of a stranger's error is kept only as its cause: it may hold a key. */
function toCascadeError(error: unknown, attempt: AttemptRef): CascadeError {
  if (CascadeError.is(error)) return error;
  return new ProviderError(`${attempt.provider}/${attempt.model} failed unexpectedly (${(error as Error | undefined)?.name ?? typeof error})`, {
    kind: 'other',
    provider: attempt.provider,
    model: attempt.model,
    retryable: false,
    cause: error,
  });
}
