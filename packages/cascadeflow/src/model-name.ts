import { InvalidOptionsError, type Price } from '@cascadeflow/contract';

/** A model as a text names it. */
export interface NamedModel {
  readonly provider: string;
  readonly name: string;
  readonly cost?: Price;
}

/**
 * Reads `provider/model` with an optional price in USD per 1M tokens: `openai/gpt-4o-mini`, `local/llama3.2:3b@0`, `openai/gpt-5@1.25/10`.
 * The provider ends at the first slash; what follows the last `@` is a price only when it is a number or two.
 * @throws InvalidOptionsError with `path`.
 */
export function parseModelName(text: string, path: string): NamedModel {
  const [, provider, name, input, output] = /^([\w-]+)\/(.+?)(?:@(\d+(?:\.\d+)?)(?:\/(\d+(?:\.\d+)?))?)?$/u.exec(text) ?? [];
  if (provider === undefined || name === undefined) {
    throw new InvalidOptionsError(path, `must be provider/model, such as openai/gpt-4o-mini, or provider/model@price; is ${JSON.stringify(text)}`);
  }
  if (input === undefined) return { provider, name };
  return { provider, name, cost: { input: Number(input), output: Number(output ?? input) } };
}
