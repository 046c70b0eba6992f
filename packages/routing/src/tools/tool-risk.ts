import type { ToolDefinition, ToolRisk } from '@cascadeflow/contract';

/** Verbs and nouns of tool names, by what running the tool may do. English, because tool names are; stems of at least four letters match by their start. */
const words: { readonly [Risk in Exclude<ToolRisk, 'read'>]: string } = {
  money: 'pay payment purchase buy checkout charge refund invoice transfer withdraw withdrawal deposit donate payout bid trade wire subscribe stake redeem tip',
  destructive: 'delete remove drop destroy erase wipe purge truncate terminate kill shutdown uninstall revoke cancel ban block deactivate disable reset overwrite rollback unsubscribe format evict expire void rm',
  write:
    'create add insert update set edit modify write save send post publish upload put patch rename move copy assign schedule book reserve invite register submit approve reject start stop restart enable install deploy merge push commit reply comment share mark archive import sync order execute exec run apply change toggle lock unlock turn open close grant upsert email notify message call',
};

/** Words that only look, and settle the matter when they lead the name: `get_refund_status` reads. */
const reading = 'get list read fetch find search query show view describe lookup look check count calculate calc compute estimate convert retrieve load browse preview validate verify test is has can summarize analyze compare explain inspect stat status track monitor';

const table = new Map<string, ToolRisk>();
/** Most dangerous first. */
const order: readonly ToolRisk[] = ['money', 'destructive', 'write', 'read'];
/** Words of a description that are read: what a tool does stands in front. */
const describedWords = 12;

function riskTable(): Map<string, ToolRisk> {
  if (table.size === 0) {
    for (const word of reading.split(' ')) table.set(word, 'read');
    for (const risk of ['write', 'destructive', 'money'] as const) for (const word of words[risk].split(' ')) table.set(word, risk);
  }
  return table;
}

function wordsOf(text: string): string[] {
  return text
    .slice(0, 2000)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function riskOfWord(word: string): ToolRisk | undefined {
  const known = riskTable();
  return known.get(word) ?? known.get(word.replace(/(?:s|es|ed|d|ing)$/, '')) ?? known.get(word.replace(/(?:ing|ed|es)$/, 'e'));
}

/**
 * Says what running a tool may do to the world: `read`, `write`, `destructive` or `money`.
 *
 * The tool's own `risk` wins, then the hints of the Model Context Protocol, then the words of its name, then the first words of its description.
 * A name that leads with a word of looking (`get_refund_status`) reads. Where nothing speaks, the answer is `write`: unknown is not harmless.
 */
export function toolRisk(tool: ToolDefinition): ToolRisk {
  if (tool.risk) return tool.risk;
  const { readOnlyHint, destructiveHint } = tool.annotations ?? {};
  if (readOnlyHint === true) return 'read';
  const named = riskOfName(wordsOf(tool.name));
  if (destructiveHint === true) return named === 'money' ? 'money' : 'destructive';
  const found = named ?? riskOfDescription(wordsOf(tool.description ?? ''));
  if (found === 'destructive' && destructiveHint === false) return 'write';
  return found ?? 'write';
}

function riskOfName(parts: readonly string[]): ToolRisk | undefined {
  const risks = parts.map(riskOfWord);
  const verb = risks.find((risk) => risk !== undefined);
  if (verb === undefined || verb === 'read') return verb;
  return order.find((risk) => risks.includes(risk));
}

/** The first verb of a description says what the tool does; nouns further on may name what it is about. */
function riskOfDescription(parts: readonly string[]): ToolRisk | undefined {
  return parts.slice(0, describedWords).map(riskOfWord).find((risk) => risk !== undefined);
}
