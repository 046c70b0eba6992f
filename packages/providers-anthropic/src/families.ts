/** What a family of Claude models takes and refuses. Data only. */
export interface ClaudeFamily {
  readonly name: string;
  readonly match: RegExp;
  readonly rules: Partial<ClaudeRules>;
}

/** Rules of one model. */
export interface ClaudeRules {
  /** Most output tokens, thinking included. */
  readonly maxOutput: number;
  /** `temperature` and `top_p`: both, one of them at a time, or none. */
  readonly sampling: 'both' | 'either' | 'none';
  /** How thinking is asked for: `adaptive` with an effort, `budget` in tokens, or not at all. */
  readonly thinking: 'adaptive' | 'budget' | 'none';
  /** Thinking can be switched off. */
  readonly thinkingOff: boolean;
  /** JSON schemas are enforced by the server; else a tool takes their place. */
  readonly structuredOutput: boolean;
  /** A tool call can be demanded. */
  readonly forcedTool: boolean;
  /** The answer's beginning can be given. */
  readonly prefill: boolean;
}

/** The newest models; what is not known is assumed to be like them. */
const newest: ClaudeRules = {
  maxOutput: 128_000,
  sampling: 'none',
  thinking: 'adaptive',
  thinkingOff: true,
  structuredOutput: true,
  forcedTool: true,
  prefill: false,
};

/** Later families win over earlier ones. Sources: the official SDK's schema, and the vendor's pages on models, thinking, structured outputs and migration. */
const families: readonly ClaudeFamily[] = [
  {
    name: 'claude-3',
    match: /claude-(?:2|instant|v1|3)/,
    rules: { maxOutput: 4096, sampling: 'both', thinking: 'none', structuredOutput: false, prefill: true },
  },
  { name: 'claude-3.5', match: /claude-3[-.]5/, rules: { maxOutput: 8192 } },
  { name: 'claude-3.7', match: /claude-3[-.]7/, rules: { maxOutput: 64_000, thinking: 'budget' } },
  {
    name: 'claude-4',
    match: /claude-(?:sonnet|opus)-4(?:[-.]0|-\d{8}|@|$)|claude-4-(?:sonnet|opus)/,
    rules: { maxOutput: 64_000, sampling: 'both', thinking: 'budget', structuredOutput: false, prefill: true },
  },
  { name: 'claude-opus-4', match: /claude-opus-4(?:[-.]0|-\d{8}|@|$)|claude-4-opus/, rules: { maxOutput: 32_000 } },
  { name: 'claude-opus-4.1', match: /claude-opus-4[-.]1/, rules: { maxOutput: 32_000, sampling: 'either', thinking: 'budget', prefill: true } },
  { name: 'claude-4.5', match: /claude-(?:sonnet|opus|haiku)-4[-.]5/, rules: { maxOutput: 64_000, sampling: 'either', thinking: 'budget', prefill: true } },
  { name: 'claude-4.6', match: /claude-(?:sonnet|opus)-4[-.]6/, rules: { sampling: 'either' } },
  { name: 'claude-fable-5', match: /claude-(?:fable|mythos)-5/, rules: { thinkingOff: false } },
  { name: 'claude-5-strict', match: /claude-(?:(?:fable|mythos)-5[-.]1|(?:opus|sonnet)-5[-.]5)/, rules: { thinkingOff: false, forcedTool: false } },
];

/** The rules of a model by its name, wherever it is served (`us.anthropic.claude-…` and `claude-…@date` too). */
export function findRules(model: string): ClaudeRules {
  return families.reduce((rules, family) => (family.match.test(model) ? { ...rules, ...family.rules } : rules), newest);
}
