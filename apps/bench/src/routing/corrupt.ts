import type { JsonSchema, ToolCall, ToolDefinition } from '@cascadeflow/contract';
import type { ToolQuestion } from './bfcl.ts';

/** The ways in which one call can be spoilt so that the schema shows it. */
export const schemaFaults = ['missing', 'invented', 'wrong type', 'wrong enum', 'unknown tool', 'broken JSON'] as const;

/** Spoils the first call of a question, or gives `undefined` where it has nothing to spoil in this way. */
export function corrupt(question: ToolQuestion, fault: (typeof schemaFaults)[number]): readonly ToolCall[] | undefined {
  const [first, ...rest] = question.gold;
  const tool = question.request.tools?.find((candidate) => candidate.name === first?.name);
  if (!first || !tool) return undefined;
  const spoilt = spoil(first, tool, fault);
  return spoilt && [spoilt, ...rest];
}

function spoil(call: ToolCall, tool: ToolDefinition, fault: (typeof schemaFaults)[number]): ToolCall | undefined {
  const values = JSON.parse(call.arguments) as { [name: string]: unknown };
  const properties = (tool.parameters['properties'] ?? {}) as { readonly [name: string]: JsonSchema };
  const withValues = (changed: object): ToolCall => ({ ...call, arguments: JSON.stringify(changed) });
  if (fault === 'unknown tool') return { ...call, name: `${call.name}_v2` };
  if (fault === 'broken JSON') return { ...call, arguments: call.arguments.slice(0, -1) };
  if (fault === 'invented') return withValues({ ...values, verbosity_level: 'high' });
  if (fault === 'missing') {
    const required = (tool.parameters['required'] as readonly string[] | undefined)?.find((name) => name in values);
    if (required === undefined) return undefined;
    const { [required]: _, ...others } = values;
    return withValues(others);
  }
  const name = Object.keys(values).find((key) => (fault === 'wrong enum' ? Array.isArray(properties[key]?.['enum']) : typeof properties[key]?.['type'] === 'string'));
  if (name === undefined) return undefined;
  if (fault === 'wrong enum') return withValues({ ...values, [name]: 'none-of-these' });
  const type = properties[name]?.['type'];
  return withValues({ ...values, [name]: type === 'string' ? { value: 1 } : type === 'array' || type === 'object' ? 'text' : 'not a number' });
}
