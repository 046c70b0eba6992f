import type { AnswerPart, PromptMessage, SpecVersion } from './language-model.ts';

/** Where the bytes of a file are: `v4` says how they are given, the versions before gave them as they are. */
interface FileData {
  readonly type?: string;
  readonly data?: unknown;
  readonly url?: URL | string;
}
type Part = Exclude<PromptMessage['content'], string>[number];

/** A prompt of the cascade's version for a model of another: files and tool results are written the model's way. */
export function lowerPrompt(prompt: readonly PromptMessage[], from: SpecVersion, to: SpecVersion): PromptMessage[] {
  if (from !== 'v4' || to === 'v4') return [...prompt];
  return prompt.map((message) => {
    if (message.role === 'system') return message;
    return { ...message, content: (message.content as readonly Part[]).map(lowerPart) } as PromptMessage;
  });
}

function lowerPart(part: Part): unknown {
  if (part.type === 'file') return { ...part, data: lowerData(part.data) };
  if (part.type !== 'tool-result' || part.output.type !== 'content') return part;
  return { ...part, output: { ...part.output, value: part.output.value.map((item) => (item.type === 'file' ? lowerResultFile(item) : item)) } };
}

function lowerData(data: unknown): unknown {
  const { type, data: bytes, url } = (data ?? {}) as FileData;
  return type === 'data' ? bytes : type === 'url' ? url : data;
}

function lowerResultFile(item: { readonly data: unknown; readonly mediaType: string; readonly filename?: string; readonly providerOptions?: unknown }): unknown {
  const { type, data, url } = item.data as FileData;
  const rest = { ...(item.filename !== undefined && { filename: item.filename }), ...(item.providerOptions !== undefined && { providerOptions: item.providerOptions }) };
  if (type === 'url') return { type: 'file-url', url: String(url), ...rest };
  return type === 'data' ? { type: 'file-data', data: typeof data === 'string' ? data : toBase64(data as Uint8Array), mediaType: item.mediaType, ...rest } : item;
}

/** A piece of an answer of another version in the cascade's: `v4` wraps the bytes of files. */
export function raisePart<Type extends AnswerPart>(part: Type, from: SpecVersion, to: SpecVersion): Type {
  if (from === 'v4' || to !== 'v4' || part.type !== 'file') return part;
  return { ...part, data: { type: 'data', data: part.data } } as unknown as Type;
}

/** The address or the bytes of a file of any version, as a URL or as base64. */
export function readFile(data: unknown): { readonly url?: string; readonly data?: string } {
  if (data instanceof URL) return { url: data.href };
  if (data instanceof Uint8Array) return { data: toBase64(data) };
  if (typeof data === 'string') return /^(?:https?|data):/u.test(data) ? { url: data } : { data };
  const { type, data: bytes, url } = (data ?? {}) as FileData;
  if (type === 'url' && url !== undefined) return { url: String(url) };
  return type === 'data' ? readFile(bytes) : {};
}

/** Bytes taken at once, because a call takes only so many arguments. */
const slice = 32_768;

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += slice) binary += String.fromCharCode(...bytes.subarray(start, start + slice));
  return btoa(binary);
}
