import { toText } from '@cascadeflow/contract';
import { askedLabels, askedRange } from '../text/asked-labels.ts';
import { translates } from '../text/asked-language.ts';
import { isOtherLanguage } from '../text/code-language.ts';
import { mark } from '../text/gates.ts';
import { inlineOptionsOf } from '../text/options.ts';
import type { RequestView } from '../text/request-view.ts';
import { countAsked, countItems } from './form.ts';
import { viewSignal } from './define-signal.ts';

/** Words up to which a draft is an answer without an explanation. */
const bare = 4;

/** 1 for a draft that gives none of the answers which the request allows, 0 for one that does; nothing where none are named. */
export const offLabel = viewSignal('off-label', (view) => {
  const asked = askedLabels(view.request);
  if (asked) {
    const given = view.text.toLowerCase();
    if (asked.labels.some((label) => given.includes(label) || sameAnswer(label, given))) return 0;
    return !anyOrNone.test(given) && (asked.strict || view.wordCount <= 2) ? 1 : undefined;
  }
  if (view.wordCount > bare) return undefined;
  const limits = askedRange(view.request);
  const [rating] = view.numbers;
  if (limits && rating) return rating.value < limits[0] || rating.value > limits[1] ? 1 : 0;
  if (view.request.options.length > 0) return view.answer ? 0 : 1;
  const options = inlineOptionsOf(view.request.text);
  if (options.length === 0) return undefined;
  const letters: readonly string[] = view.text.toUpperCase().match(/(?<!\p{L})[A-H](?!\p{L})/gu) ?? [];
  const given = denseOf(view.text);
  const namesOne = options.some(({ letter, text }) => letters.includes(letter) || (letters.length === 0 && (denseOf(text).includes(given) || given.includes(denseOf(text)))));
  return namesOne ? 0 : 1;
});

const truths: readonly (readonly [string, RegExp])[] = [
  ['yes', /^\W*(?:yes|true|ja|oui|s[ií]|да)(?!\p{L})/iu],
  ['no', /^\W*(?:no|false|nein|non|нет)(?!\p{L})/iu],
];

/** A label in another language, or true for yes. */
function sameAnswer(label: string, given: string): boolean {
  return truths.some(([, pattern]) => pattern.test(label) && pattern.test(given));
}

/** Answers to a choice that name none of it. */
const anyOrNone = /^\W*(?:none|all|both|neither|either|not sure|unclear)\b/;

function denseOf(text: string): string {
  return text.toLowerCase().replace(/[\s.,;:!?*"'`]+/g, '');
}

/** Characters of a request up to which its list to sort is looked for. */
const longestList = 600;
const toSort = /\b(?:alphabetical|sort|order|arrange|ascending|descending|sortiere|trie[rz]?|ordena|ordina)\b[^:.\n]{0,60}:\s*(\S[^:\n]{2,300})$/i;

/** The items of a list that is to be put in order, lower case; none where nothing is. */
function itemsToSort(question: string): readonly string[] {
  if (question.length > longestList || !question.includes(':')) return [];
  const list = toSort.exec(question)?.[1] ?? '';
  return list.split(/[,;]| and /).map((item) => item.replace(/^["'\s[]+|["'\s.\]]+$/g, '').toLowerCase());
}

/** 1 minus the share of the items asked for that a short list has, marked, on lines or between commas, or that a sorted list kept; nothing for longer texts or where no number is asked for. */
export const fewItems = viewSignal('few-items', ({ text, request, wordCount, answer }) => {
  const unsorted = request.asksJson ? [] : itemsToSort(request.question);
  if (unsorted.length > 1) {
    const sorted = text.toLowerCase();
    return unsorted.filter((item) => !sorted.includes(item)).length / unsorted.length;
  }
  const wanted = countAsked(request);
  if (wanted === undefined || wanted < 2 || request.asksCode || wordCount > wanted * 5 || answer?.source === 'json') return undefined;
  return Math.max(0, 1 - countItems(text) / wanted);
});

const jsonDemanded = /\b(?:return|output|respond|reply|give|provide|produce|generate|extract|answer|format|write|convert)\b[^.\n]{0,60}\bjson\b(?! (?:schema|parser|library|file format))|\b(?:as|in|only|valid) (?:a |an )?(?:valid )?json\b/i;

const extracts = /\bextract|\bparse\b|extrah|extrae|extrai|estrai|wyodrębnij|извлеки|提取|抽出|추출/i;
/** Values of an object from which not one may be missing in the text that they are taken from. */
const fewestValues = 2;
/** Letters by which they are looked for. */
const begins = 4;

/** True for values of which none stands in the text that they should be taken from. */
function isMadeUp(value: unknown, text: string): boolean {
  const values = leavesOf(value).filter((leaf) => leaf.length > 1);
  const source = text.toLowerCase();
  return values.length >= fewestValues && !values.some((leaf) => leaf.toLowerCase().split(/[\s,;:()-]+/).some((word) => word.length > 1 && source.includes(word.slice(0, begins))));
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(leavesOf) : [];
}

/** 1 when the request wants JSON and the draft has none, or none of it is from the text that it should be taken from, 0 when it has; nothing otherwise. */
export const jsonMiss = viewSignal('json-miss', (view, { request, draft }) => {
  if (!view.request.asksJson || view.request.asksCode || draft.toolCalls.length > 0 || (request.responseFormat && request.responseFormat.type !== 'text')) return undefined;
  if (!jsonDemanded.test(view.request.question)) return undefined;
  if (!view.json?.whole) return 1;
  if (extracts.test(view.request.question) && isMadeUp(view.json.value, view.request.text)) return 1;
  return /\bjson (?:array|list)\b/i.test(view.request.question) && !JSON.stringify(view.json.value).includes('[') ? 1 : 0;
});

const programAsked = /\b(?:write|give|show|create|implement|provide|output|need|want)\b[^.\n]{0,40}\b(?:function|statement|type|interface|rule|script|one-liner|query|regex(?:p|es)?|regular expression|program|snippet|class|method|command|code|dockerfile|makefile|unit test|html|css|yaml)\b|(?<!\p{L})(?:schreib|écri|escrib|scriv|escrev|schrijf|napisz|skriv|напиш)\p{L}*\s[^.\n]{0,40}(?:funktion|fonction|función|funzione|função|functie|funkcj|функци|programm?a?|requête|consulta|abfrage|script)/iu;
const programMark = /[{}()[\]=;<>|$`*\\/^]|(?<!\w)--?\w|\b(?!SQL|HTML|CSS|YAML|JSON)[A-Z]{3,} |^\s{2,}\w|^\w+:/m;

/** 1 when a program is asked for and the draft has no character of one, or is in another programming language than the one named, 0 when it may have one; nothing where none is asked for. */
export const codeMiss = viewSignal('code-miss', ({ text, textScan, wordCount, request }) => {
  if ((textScan.marks & mark.backtick) !== 0 && request.question.length <= longestQuestion && isOtherLanguage(request.question, text)) return 1;
  if (!request.asksCode && (request.question.length > longestQuestion || !/\b(?:one-liner|command|regular expression|dockerfile|makefile|unit test|html|css|yaml)\b/i.test(request.question))) return undefined;
  if (!programAsked.test(request.question)) return undefined;
  return programMark.test(text) || wordCount <= 3 ? 0 : 1;
});

/** Words from which a copy is no accident. */
const copied = 4;
/** Words up to which a copy is looked for. */
const longestCopy = 400;
const staysAsItIs = /\b(?:extract|quote|copy|repeat|classify|identify|find|which)|\b(?:already|if) (?:it is )?(?:already )?correct\b|unchanged|without chang/i;

const changes = /\b(?:opposite|antonym|synonym|past tense|gegenteil|contraire|contrario|contrário|fix|correct|repair|debug|refactor|improve|shorten|simplify|rewrite|rephrase|paraphrase|formal|friendl\w+|polite|proofread|korrigier\w*|kürze|verbesser\w*|corrig\w+|réécri\w*|reescrib\w*|mejora|migliora|riscriv\w*)\b/i;
/** Characters that a quoted text has at most. */
const longestQuote = 310;
const quotedText = /`[^`\n]{3,300}`|"[^"\n]{3,300}"|“[^”\n]{3,300}”|«[^»\n]{3,300}»/g;
const asksAgain = /\b(?:again|repeat|say|said|copy|same|noch ?mal|wiederhol\w*|répét\w*|encore|repite|otra vez|ripeti|ancora)\b/i;

const opensUp = /^(?:please )?(?:explain|describe|compare|why|how (?:do|does|can|could|should|to)\b(?! \w+ (?:say|spell|pronounce|write|call))|what (?:are|is) the (?:pros|advantages|disadvantages|benefits|main|key|differences?|steps|reasons?|causes?|effects?|purpose|point)|what do(?:es)? [^?]{1,60} (?:mean|stand for)|erklär|beschreib|warum|pourquoi|comment|expliqu|décri|por qué|cómo|explica|perché|come|spiega)/i;
/** True for a question that wants something explained, compared or recommended. */
export function asksOpen({ question }: RequestView): boolean {
  return opensUp.test(question);
}

/** Words up to which a draft may be nothing but words of the question. */
const shortest = 8;

/** 1 when a draft that should change a text gives it back as it was, says what the assistant said before, or answers with nothing but words of the question, 0 when not; nothing where no text is to be changed. */
export const echo = viewSignal('echo', ({ request, words, text, wordCount }, { request: { messages } }) => {
  if (messages.length > 2 && wordCount >= copied && messages.some((message) => message.role === 'assistant' && toText(message).trim() === text.trim()) && !asksAgain.test(request.question)) return 1;
  if (request.options.length > 0) return undefined;
  if (wordCount <= shortest && words.length > 0 && opensUp.test(request.question) && words.every((word) => request.words.includes(word))) return 1;
  if (wordCount <= longestCopy && request.text.length <= 1000 && changes.test(request.question) && !staysAsItIs.test(request.question) && copiesQuote(request.text, text)) return 1;
  if (!request.asksText || words.length < copied || words.length > longestCopy || staysAsItIs.test(request.question) || translates(request)) return undefined;
  return evenSpaces(request.text).includes(evenSpaces(text.replace(/^\s*["'“«]|["'”»]\s*$/g, ''))) ? 1 : 0;
});

/** True when a draft is the one text that a request quotes; of several it may have to choose. */
function copiesQuote(request: string, text: string): boolean {
  if (text.length > longestQuote) return false;
  const quotes = request.match(quotedText);
  return quotes?.length === 1 && withoutQuotes(quotes[0] ?? '') === withoutQuotes(text);
}

function withoutQuotes(text: string): string {
  return evenSpaces(text.replace(/^[\s"'`“«]+|[\s"'`”»]+$/g, ''));
}

function evenSpaces(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

const countOrYear = /\b(?:how many|when (?:did|was|were)|wann \w+(?:te|ann|rde|war|arb)|round \d|count the|(?:what|in which) year|wie viele|in welchem jahr|combien de|en quelle année|cuánt[oa]s|en qué año|quant[ei]|in che anno|quant[oa]s|em que ano|hoeveel|(?:square|cube) root of|(?:sum|product|difference) of \d)\b/i;
/** Asks how much of something there is, or gives figures and asks for what follows from them. */
const amount = /\bhow (?:much|long|far|old|fast|tall|high|heavy|deep)\b(?! (?:do|does|did) (?:you|he|she|they|we) (?:like|love|know|care))(?=[^?]*\b(?:is|are|was|does|need|will|takes?|costs?)\b)|\d[^?]{0,160}\bwhat(?:['’]s| is| was| were| will be) (?:its|the|his|her|their) (?:average |total |final |mean |new )?(?:speed|perimeter|area|volume|sum|price|cost|interest|average|total)\b|\d ?% (?:of|von|de|di) \d|сколько|多少|几[个年月天次人]|いくつ|いくら|何[人個年時分本円日歳]|몇 |얼마|\bkaç\b/i;
/** Figures, number words of the same languages, and what stands for them. */
const figure = /\p{N}|[+*×÷=π一二三四五六七八九十百千万两半零하나둘셋넷]|(?:^|[^\p{L}])(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\p{L}+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|dozens?|none|no|nobody|any|half|both|all|every|each|couple|pair|infinite\w*|only|just|nur|seule\p{L}*|únic[oa]|solo|depends|varies|null|zwei|drei|vier|fünf|sechs|sieben|acht|neun|elf|zwölf|\p{L}*(?:zehn|zig|hundert|tausend)|keine?|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|\p{L}*(?:vingt|trente|cents?|mille)|aucune?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|cien|mil|ningun[oa]?|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|venti|nessun\p{L}?|dois|duas|três|quatro|sete|oito|dez|twee|drie|vijf|zes|zeven|negen|tien|geen|од\p{L}{1,3}|дв[ае]|три|четыре|пять|шесть|семь|восемь|девять|десять|сто|тысяч\p{L}?|пол\p{L}*|depende?|зависит)(?![\p{L}])/iu;
/** True for a text with a number, in figures or in words of the languages that drafts are most often written in. */
export function hasFigure(text: string): boolean {
  return figure.test(text);
}

/** What tells a time without a figure. */
const time = /\b(?:centur|era\b|age|ago|during|before|after|spring|summer|autumn|winter|(?:jan|febr)uar|march|april|may|june|july|august|(?:septem|octo|novem|decem)ber|(?:mon|tues|wednes|thurs|fri|satur|sun)day|nach|vor|während|jahrhundert)/i;
/** Words from which a draft is a sentence: a bare word may be a number in a language that is not listed. */
const sentence = 3;
/** Letters of a bare word that is no number of such a language, where it writes them as one. */
const shortWord = 7;
/** Characters of a question up to which it is looked through for what kind of thing it asks for. */
const longestQuestion = 600;
/** Words up to which a number is looked for, and characters: signs alone are no words. */
const longestReply = 40;
const longestText = 2000;

/** Asks for one word, or for a figure and nothing else. */
const wordOnly = /\b(?:one|a single) word(?: only)?[.!]?$|\bin one word\b|\bone[- ]word answer\b|\b(?:una (?:sola )?parola|una (?:sola )?palabra|un (?:seul )?mot|(?:ein|einem|mit einem) wort|uma (?:só )?palavra|één woord|ett ord|jednym słowem|одним словом)[.!]?$/i;
const figureOnly = /\b(?:number|figure|digits?) only\b|\b(?:only|just) (?:the|a) (?:number|figure)\b|\bnur (?:die|eine) zahl\b|\bsolo (?:il numero|el número)\b|\bseulement le (?:nombre|chiffre)\b|только число/i;
/** Asks for names to be thought of; they come alone, or set off from what is said of them. */
const asksNames = /^(?:please )?(?:suggest|propose|give|think of|come up with|recommend|schlag|nenne|propose[rz]?|suggère|sugi[er]\p{L}*|suggerisci|bedenk|föreslå|zaproponuj)(?!\p{L}).{0,40}(?<!\p{L})(?:names?|namen?|noms?|nombres?|nomi|nomes?|namn|nazw\p{L}?)(?!\p{L})/iu;
/** Words from which a row of names has become sentences. */
const sentences = 14;
/** Words that a translation of a quoted text may have beside three times its own. */
const wordy = 21;
/** Words from which an answer is not the one word that was asked for. */
const manyWords = 6;

const contactAsked = /\b(?:extract|find|what is|which)\b[^.\n]{0,40}\b(?:e-?mail|(phone|telephone)) (?:address|number)\b/i;

/** 1 for a sentence where one word was asked for, without a number where a count, a year or a root is asked for, or without what an address or a telephone number has where one is to be found, 0 for one with it; nothing where no such thing is asked for. */
export const kindMiss = viewSignal('kind-miss', ({ text, words, wordCount, request }) => {
  if (request.options.length > 0 || request.asksCode || wordCount > longestReply || request.question.length > longestQuestion) return undefined;
  if (wordCount >= manyWords && wordOnly.test(request.question)) return 1;
  if (request.text.length < longestQuestion && wordCount > wordy && translates(request)) {
    const source = /["“„«'‘「](.{2,120}?)["”»'’」]/.exec(request.text)?.[1];
    if (source !== undefined && wordCount > wordy + 3 * source.trim().split(/\s+/).length) return 1;
  }
  if (wordCount >= sentences && asksNames.test(request.question) && /[.!]\s*$/.test(text) && !/["“„«*:–—]| - |\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+/u.test(text)) return 1;
  if (/\bhaiku\b|俳句/i.test(request.question) && /\b(?:write|compose|give|schreib|écris|escribe|scrivi)|作/i.test(request.question)) return (text.trim().match(/\n|\/|[、。，,]/g)?.length ?? 0) > (/[\n/]/.test(text.trim()) ? 0 : 2) ? undefined : 1;
  const reply = text.slice(0, longestText);
  if (figureOnly.test(request.question)) return figure.test(reply) ? 0 : 1;
  const contact = contactAsked.exec(request.question);
  if (contact) return (contact[1] === undefined ? /@/ : /\d{3}/).test(text) || /\bno(?:ne|t)?\b/i.test(text) ? 0 : 1;
  if (request.asksText || !(countOrYear.test(request.question) || amount.test(request.question))) return undefined;
  const isBare = wordCount < sentence && !words.every((word) => request.words.includes(word));
  if (isBare && !(/^how many\b/i.test(request.question) && words.every((word) => word.length <= shortWord))) return undefined;
  return figure.test(reply) || (/\b(?:when|wann|year|jahr)\b/i.test(request.question) && time.test(text)) ? 0 : 1;
});
