import type { Member } from './members.ts';

type UrlPatterns = Record<string, RegExp[]>;

/** Addresses that every member fetches by itself; the AI SDK downloads all others, so that no member is handed what it cannot read. */
export async function commonUrls(members: readonly Member[]): Promise<UrlPatterns> {
  const all = await Promise.all(members.map(async ({ languageModel }) => (languageModel ? await languageModel.supportedUrls : {}) as UrlPatterns));
  const [first = {}, ...others] = all;
  const common: UrlPatterns = {};
  for (const [mediaType, patterns] of Object.entries(first)) {
    const shared = patterns.filter((pattern) => others.every((urls) => urls[mediaType]?.some((other) => other.source === pattern.source)));
    if (shared.length > 0) common[mediaType] = shared;
  }
  return common;
}
