import { answersAtOnce } from '../text/answers-at-once.ts';
import { asksFact } from '../text/asked-fact.ts';
import { translates } from '../text/asked-language.ts';
import type { DraftView } from '../text/draft-view.ts';
import { isFunctionWord } from '../text/language.ts';
import type { RequestView } from '../text/request-view.ts';
import { viewSignal } from './define-signal.ts';

/** Words of a reply that is a sentence and not a bare answer, and of one that is short. */
const fewest = 3;
const most = 30;
/** Characters of such a reply, and of a question that it can be held against. */
const longestReply = 240;
const longestQuestion = 120;
/** Letters by which words are compared, so that endings do not count; fewer where vowels or endings are signs of their own. */
const stem = 4;
const shortStem = 3;

/** Verbs that make a sentence of a row of words. */
const finite =
  /(?<!\p{L})(?:is|are|was|were|am|has|have|had|can|will|does|do|makes?|likes?|love|needs?|goes|ist|sind|war|waren|hat|haben|kann|wird|es|son|era|fue|está|están|tiene|tienen|est|sont|était|a|ont|peut|è|sono|era|ha|hanno|é|são|foi|tem|têm|está|is|zijn|heeft|hebben|jest|są|był[aoy]?|ma|mają|är|har|finns|adalah|είναι|έχει)(?!\p{L})/u;
/** Words with which a reply points back at the question, or names a place or a time. */
const pointing = new Set(
  ('it its he she they this that these those there yes no neither both none nobody nothing all any in at on by from about around over under before after since during because approximately roughly between during to for with as ja nein doch sie es er in am im um vor nach seit oui non il elle ils elles c\'est en à au aux sí no él ella ellos en a por sì no lui lei nel nella sim não ele ela em no na ja nee hij zij het er op w na do tak nie to on ona да нет он она они оно это в на с до du le la evet hayır o ja nej han hon den det i på').split(' '),
);
const endsSentence = /[.!。！।]["'”’»)]?\s*$/u;
const eastern = /[\u3041-\u30FF\u3400-\u9FFF]/u;

/** True when a word of the question, or how it begins, stands in the reply. */
function takesUp(view: { readonly text: string; readonly request: RequestView }, letters: number): { readonly asked: number; readonly taken: boolean } {
  const said = view.text.toLowerCase();
  let asked = 0;
  for (const word of view.request.words) {
    if (word.length < 3 || isFunctionWord(word)) continue;
    asked++;
    if (said.includes(word.slice(0, letters))) return { asked, taken: true };
  }
  return { asked, taken: false };
}

/** Asks for somebody or some place, which a number does not answer. */
const asksWhoOrWhere = /^(?:who|whose|where|wer|wo|qui|où|quién|dónde|chi|dove|quem|onde|wie|waar|kto|gdzie|vem|var|кто|где|хто|де)(?!\p{L})/iu;
/** Words between commas are a list, which needs no verb. */
const isList = /^[^.]{1,40}(?:, [^,.]{1,40})+,? (?:and|or|und|et|y|e|en|i|och|и|та|ve|dan) [^,.]{1,40}\.?$/u;

/** "Can you suggest …", which no yes or no answers. */
const asksForIdeas = /\b(?:suggest|recommend|help me|think of|come up with|tell me|give me|name (?:a|some|one))\b/i;

/** 1 for a sentence that has no word in common with a short question for a fact and points back at nothing in it, otherwise 0; nothing for bare answers. */
export const offSubject = viewSignal('off-subject', (view, { request }) => {
  const { text, words, wordCount } = view;
  if (text.length > longestReply || request.messages.length > 2 || translates(view.request)) return undefined;
  if (wordCount < fewest || wordCount > most) return eastern.test(text) && (asksFact(view.request) || eastHowTo.test(view.request.question)) ? eastSubject(text, view.request.text) : undefined;
  const word = missesWord(view);
  if (word !== undefined) return word;
  if (eastern.test(text) && eastHowTo.test(view.request.question)) return eastSubject(text, view.request.text);
  if (!asksFact(view.request) && !(view.request.asksYesNo && !asksForIdeas.test(view.request.question) && view.request.question.length <= longestQuestion)) return undefined;
  if (eastern.test(text)) return eastern.test(view.request.text) ? eastSubject(text, view.request.text) : undefined;
  if (/[\n:`"“„«=]/.test(text)) return undefined;
  if (answersAtOnce(view)) return 0;
  const [first = ''] = words;
  const isCased = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\P{L}]+$/u.test(text);
  if (pointing.has(first) || (text.includes(', ') && isList.test(text)) || view.numbers.some(({ value }) => view.request.numbers.includes(value))) return 0;
  if (view.numbers.length > 0 && !asksWhoOrWhere.test(view.request.question)) return 0;
  const { asked, taken } = takesUp(view, isCased ? stem : shortStem);
  if (taken) return 0;
  if (asked === 0) return undefined;
  if (!isCased) return endsSentence.test(text) || wordCount >= 5 ? 1 : undefined;
  const bare = text.split(/\s+/).slice(1).filter((word) => /^\p{Ll}/u.test(word) && !isFunctionWord(word.replace(/[.,!?]+$/, '')));
  if (bare.length === 0) return undefined;
  if (finite.test((/^[^.!?]+/.exec(text.toLowerCase())?.[0] ?? '').replace(/^\S+/, ''))) return 1;
  return endsSentence.test(text) && wordCount >= 4 && !/^(?:the|an?|der|die|das|le|la|les|el|los|las|il|lo|gli|o|os|as|de|het)$/.test(first) ? 1 : undefined;
});

/** Asks for another word, or for how to do a thing. */
const wordAsked = /(?:opposite|antonym|synonym|plural|past tense|gegenteil|mehrzahl|contraire|pluriel|contrario|contrário|sinonimo|sinónimo|tegenovergestelde|meervoud|przeciwieństw\p{L}*|антоним|синоним)[^"'“«„‘「?]{0,40}["'“«„‘「]([^"'”»“’」]{2,30})["'”»“’」]/iu;
const eastHowTo = /怎么|怎样|如何|どうやって|方法/;
const howTo = /^(?:how (?:do|can|should|would|to)|wie (?:kann|soll|mache|bekomme|entferne)|comment|cómo|come (?:si|posso)|como|hoe (?:kan|moet)|jak|hur|как)(?!\p{L})/iu;
/** A statement: a subject of one or two words, and a verb. */
const states = /^(?:the |der |die |das |le |la |les |el |los |las |il |lo |i |gli |o |a |os |as |de |het |den |det )?\p{L}+ (?:is|are|was|were|has|ist|sind|war|hat|est|sont|es|son|è|sono|é|são|jest|są|är|heeft|zijn)(?!\p{L})/iu;
/** Asks what one word stands for. */
const defines = /^(?:please )?(?:define|explain|what(?:['’]s| is| are| does)) (?:the (?:word|term) |an? |the )?["'“‘]?(\p{L}{4,})["'”’]?(?: means?)?[.?]*$/iu;
/** How a definition begins that does not name its word. */
const definition = /^["“]?(?:an?|the|it|its|it['’]s|they|to|when|where|if|in|any|one|something|someone|short for|means?|refers?|any)\b/i;
/** Words of a reply to a question for another word, from which it must name the word it started from. */
const sentence = 5;

/** 1 for a sentence that does not name the word that is to be defined or of which another is asked for, or, where one wants to know how to do a thing, that thing; nothing otherwise. */
function missesWord({ text, wordCount, request }: DraftView): number | undefined {
  const asked = wordAsked.exec(request.question)?.[1];
  if (asked !== undefined) return wordCount >= sentence && !text.toLowerCase().includes(asked.toLowerCase()) ? 1 : undefined;
  const word = defines.exec(request.question)?.[1]?.toLowerCase();
  if (word !== undefined) return wordCount >= sentence && wordCount <= most && !definition.test(text) && endsSentence.test(text) && !text.toLowerCase().includes(word.slice(0, stem)) ? 1 : undefined;
  if (!howTo.test(request.question) || wordCount > most || !states.test(text) || /(?<!\p{L})(?:you|your|du|dein|sie|ihr|vous|votre|tu|usted|puede|você|je|jij|du|din|вы|ты)(?!\p{L})/iu.test(text)) return undefined;
  const { asked: words, taken } = takesUp({ text, request }, shortStem);
  return words >= 2 && !taken ? 1 : undefined;
}

/** Characters that questions and answers share whatever they are about. */
const plainWide = /[的是了在有什么哪里谁多少几个一吗呢请这那它他她和与都不们着过个年月日人大小中はがをにでのとも何どこ誰いつですか。、？！?!.,，．\s]/gu;
/** The same for a sentence of Japanese, whose subject is marked, or of Chinese, whose verb is. */
function eastSubject(text: string, asked: string): number | undefined {
  if (/\d|[「『《“"]|\n/.test(text) || text.length < 6) return undefined;
  const known = new Set(asked.replace(plainWide, ''));
  if ([...text.replace(plainWide, '')].some((char) => known.has(char))) return 0;
  if (/^(?:それ|これ|あれ|彼|はい|いいえ|ここ|そこ|它|这|那|他|她|答|是|不|对|没)/.test(text)) return 0;
  return /^[^。、]{1,12}は|^[^。，]{1,8}(?:是|很|喜欢|可以|需要)/.test(text) && /[。！]$/.test(text.trim()) ? 1 : undefined;
}

/** Asks for somebody's or some place's name. */
const asksName =
  /^(?:who (?:\w+ed|wrote|was the|won|sang|built|made|drew|led|is the (?:\w+ )?(?:president|prime|king|queen|author|inventor|founder|ceo))|wer (?:schrieb|malte|erfand|hat|war)|qui (?:a|est l['’]auteur)|quién (?:escribió|pintó|inventó|descubrió|fue)|chi (?:ha|scrisse|dipinse|fu|inventò)|quem (?:\p{L}+u|foi)|wie (?:schreef|schilderde)|kto (?:napisał|namalował|odkrył)|vem (?:skrev|målade|uppfann)|кто (?:написал|открыл|изобрёл|изобрел|нарисовал))(?!\p{L})|(?<!\p{L})(?:capital (?:city )?(?:of|de|do|da)|capitale d|hauptstadt|hoofdstad|huvudstad|stolic|столиц)/iu;

const named = /(?<![\p{L}\p{N}'’-])\p{Lu}[\p{L}\p{N}'’-]*/gu;

/** 1 for a sentence without a name in answer to a question for one, otherwise 0; nothing for other questions, bare answers, and German, whose nouns all look like names. */
export const noName = viewSignal('no-name', (view) => {
  const { text, words, wordCount, request } = view;
  if (wordCount < fewest || wordCount > most || text.length > longestReply || request.question.length > longestQuestion || !asksName.test(request.question) || /["“„«:\n]/.test(text)) return undefined;
  if (/(?<!\p{L})(?:hauptstadt|wer)(?!\p{L})/iu.test(request.question) || !/^[\p{Script=Latin}\p{Script=Cyrillic}\P{L}]+$/u.test(text)) return undefined;
  const [first = ''] = words;
  const opensWithName = first.length > 2 && !isFunctionWord(first) && !request.words.includes(first);
  if (opensWithName && (takesUp(view, stem).taken || !endsSentence.test(text))) return undefined;
  for (const { 0: word, index } of text.matchAll(named)) if (word !== 'I' && /[\p{L}\p{N}'’-]/u.test(text.slice(0, index)) && !request.words.includes(word.toLowerCase())) return 0;
  return 1;
});
