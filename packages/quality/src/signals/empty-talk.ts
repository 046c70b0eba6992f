import { asksOpen } from './asked-form.ts';
import { translates } from '../text/asked-language.ts';
import { greets } from '../text/greetings.ts';
import { mark, type TextScan } from '../text/gates.ts';
import { isFunctionWord } from '../text/language.ts';
import { mends, whatIsAsked } from '../text/what-is-asked.ts';
import { viewSignal } from './define-signal.ts';

/** Words that tell nothing of a subject, whatever it is. */
const generic = new Set(
  (
    'important importance various different difference differences several many much more most some any all each every both other others another such same own thing things way ways situation situations case cases depend depends depending depended factor factors aspect aspects reason reasons number kind kinds sort sorts type types question questions topic topics subject great good better best well useful helpful interesting fascinating complex simple easy difficult hard people person everyone someone something anything everything nothing always often sometimes usually generally typically overall basically really very quite also just only even still too lot lots ' +
    'consider considered considering consideration considerations understand understanding understood know known knowing think thinking thought look looking find found make making made take takes taking get getting give given use used using uses help helps helped could may might must need needs needed want wants like liked seem seems comes goes going keep vary varies happen happened happens change changed changes choose choosing choice choices option options right wrong correct proper properly suitable appropriate appropriately careful carefully sure certain certainly ' +
    'time times day days end long over once now today first last next new old world life work works working example examples general specific particular possible possibly likely common commonly popular purpose purposes feature features role part parts point points view views opinion opinions perspective perspectives approach approaches method methods solution solutions problem problems issue issues answer answers information details detail matter matters context contexts experience experiences learn learning essential key main basic note worth enjoy hobby wonderful amazing luck hope happy glad started start away begin write advice tips tip idea ideas error errors ' +
    'between among about through during before after around here them these those then than when while whose because since although however therefore thus moreover furthermore additionally being been had doing done into onto upon within without under above below its itself themselves yourself myself one two three never none yes our his her she him ' +
    'wichtig wichtige wichtiges verschiedene verschiedenen verschiedener unterschiedliche mehrere vieles manche einige andere anderen sache sachen möglichkeit möglichkeiten methode methoden geeignete passende faktoren faktor hängt kommt darauf grund gründe art arten thema frage fragen gut besser beste sehr immer oft manchmal meist wirklich gewisse bestimmte sollte sollten könnte könnten muss müssen man dabei dann klappt bestimmt sorgfältig hilfreich interessant zum glück allem heutzutage macht lohnt menschen dinge weise fall fälle ' +
    'importante importants importantes importanti plusieurs divers diverses différents différentes facteurs facteur façon façons manière choses chose dépend bon bonne bien meilleur mieux toujours souvent parfois vraiment très certains certaines raisons beaucoup utile intéressant faut faire peut peuvent existe nombreux nombreuses chacun chacune avantages essentiel choisir convient votre vos ' +
    'varios varias diferentes distintos factores depende dependen manera maneras forma formas cosas situación caso casos pregunta bueno buena mejor siempre veces muchos muchas algunos algunas otros razones puede pueden cada útil interesante vários várias fatores maneiras coisas situação pergunta bom boa melhor sempre muitos muitas alguns algumas outros razões pode podem diversi diverse vari molti molte fattori modo modi cose situazione domanda buono buona meglio spesso alcuni alcune altri motivi può possono dipende excelente claro alegra interesa interese gusta bisogna usare metodo adatto ogni diversa diverso giusto giusta trattata ' +
    'важно важный важным важные различные разные разных много многие некоторые факторы факторов зависит способ способы вопрос хорошо лучше всегда часто можно нужно очень также каждый'
  ).split(' '),
);

/** Words from which a draft can be empty talk, and words up to which one is looked for. */
const fewest = 4;
const longest = 90;
/** Letters by which words are compared, so that endings do not count. */
const stem = 4;
/** Share of telling words up to which a draft says nothing. */
const hardlyAny = 0.1;
/** Words from which a draft of nothing but the question's words goes round in a circle. */
const circle = 8;
/** Words of a question up to which an answer brings words of its own. */
const shortQuestion = 15;
const nameInside = /(?<=[\p{Ll},] )\p{Lu}[\p{L}'’-]+/gu;
/** Says what it is going to do, in place of doing it. */
const promises = /^you (?:asked|want|are asking)\b|^(?:(?:sure|certainly|of course|absolutely|great|okay|no problem)[^.!]{0,20}[.!,] ?)?(?:i(?:['’]d| would) be (?:happy|glad|delighted|pleased) to|let me|i(?:['’]ll| will| can)|i(?:['’]m| am) going to)\b|\b(?:will|can) be (?:extracted|found|translated|summari[sz]ed|written)\b|^(?:natürlich|gerne|klar)[!,.]? (?:ich |kann ich|helfe)|^(?:claro|por supuesto|bien sûr|certo|certamente)\b/i;
const concrete = /\d|["“«„`]|[=<>{}[\]]|\p{L}:\s|[^\x00-\u024F\u0400-\u04FF–—‘’“”…•\s]/u;
const concreteMarks = mark.digit | mark.quote | mark.backtick | mark.equals | mark.angle | mark.curly | mark.square;

/** True for a text with a figure, a quotation, a heading or code. */
function isConcrete(text: string, { isAscii, marks }: TextScan): boolean {
  if (!isAscii) return concrete.test(text);
  return (marks & concreteMarks) !== 0 || ((marks & mark.colon) !== 0 && concrete.test(text));
}

/** The same in scripts without spaces: each alone may stand in a good answer. */
const wideTalk = /很重要|非常重要|很多方面|(?:很|非常)?好的?问题|需要考虑|许多因素|很多因素|值得[^，。,]{0,8}(?:了解|学习|关注)|各种各样|매우 중요한|중요한 개념|많은 도움|상황에 맞게|적절(?:히|하게)|とても重要|重要な(?:概念|もの)|さまざまな|いろいろな|状況に(?:応じて|よって)|適切に/gu;
/** Characters up to which a text of two such phrases says nothing. */
const shortTalk = 120;
/** Asks for words to say, or for words that are known by heart. */
export const asksForWords = /\b(?:should|can|could|do|to) (?:i |we )?(?:say|reply|respond|answer|tell|write)\b|\bway to (?:say|decline|refuse|ask|tell|thank)|^(?:sing|recite)\b|\bline of\b/i;

/** 1 for a draft in which no word, or hardly one, says anything of the subject beyond the question's own words, otherwise 0; nothing for very short and long drafts, and where an answer may take all its words from the request. */
export const emptyTalk = viewSignal('empty-talk', ({ text, words, wordCount, textScan, request }) => {
  if (wordCount < fewest || wordCount > longest || request.options.length > 0 || request.asksYesNo || mends(request) || translates(request) || greets(request.text) || asksForWords.test(whatIsAsked(request))) return undefined;
  if (!textScan.isAscii && text.length <= shortTalk && !/\d/.test(text) && (text.match(wideTalk)?.length ?? 0) > 1) return 1;
  if (isConcrete(text, textScan)) return undefined;
  const isPromise = promises.test(text);
  if (request.asksText && !isPromise) return undefined;
  const isOpen = isPromise || asksOpen(request);
  if (!isOpen && / (?:or|oder|ou|или) /.test(request.question)) return undefined;
  const repeats = isOpen || (wordCount >= circle && request.words.length <= shortQuestion);
  if (repeats && !isOpen && (text.match(nameInside) ?? []).some((name) => !request.words.includes(name.toLowerCase()))) return undefined;
  let telling = 0;
  for (const word of words) {
    if (word.length < 3 || word.includes("'") || generic.has(word) || isFunctionWord(word) || (repeats && request.words.some((asked) => asked.slice(0, stem) === word.slice(0, stem)))) continue;
    telling++;
  }
  return telling <= hardlyAny * wordCount ? 1 : 0;
});
