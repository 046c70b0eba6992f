import { rememberLast } from './remember-last.ts';
import type { RequestView } from './request-view.ts';

/** Characters of a question up to which a fact is looked for in it. */
const longest = 160;

const asksWhat =
  /(?<!\p{L})(?:who(?:se|m)?(?= )|when (?:did|was|were|is|does)|where (?:is|are|was|were|did|does|do)|which|how (?:many|much|long|far|old|tall|high|deep|big|fast|heavy|often)|(?:what|in what|which) (?:year|day|month|country|city|continent|language|colou?r|planet|animal|number|currency|instrument)|what(?:['’]s| is| are| was| were) the(?! (?:differen|best|mean|purpose|point|reason|benefit|advantage|pros|step|impact|effect|cause|role|process|defin|concept|term|plot|moral|message|main|key|importan|idea|easiest|fastest|safest|most|right|proper|correct|theory|law of|rule|use|function|job|story|theme|deal|matter|problem|issue|status|structure|latest|news|weather))|what (?!(?:should|can|could|would|will)\b)\p{L}+ (?:do|does|did|is|are|was|were|has|have)|wer|wann|wo|welche[rsnm]?|wie (?:viele?|heißt|lange|hoch|alt|groß|weit)|was ist (?:die|der|das)(?! (?:unterschied|bedeutung|beste|vorteil|sinn|zweck))|qui|quand|où|quel(?:le)?s?(?! (?:sont|est) l(?:a différence|es avantages))|combien|quiénes?|cuándo|dónde|cuál(?:es)?(?! (?:es|son) (?:la diferencia|las ventajas))|cuánt[oa]s?|chi|quando|dov['’e]|qual[ei]?|quant[ieoa]|quem|onde|quais|wie (?:schreef|is|was|schilderde)|wanneer|waar|welke?|hoeveel|wat is (?:de|het)(?! (?:verschil|beste|betekenis))|kto|kiedy|gdzie|jak[ai]e?|któr\p{L}{1,3}|ile|vem|var|vilke[nt]|vilka|när|hur många|кто|когда|где|как(?:ой|ая|ое|ие)|сколько|в каком|хто|коли|де|як(?:ий|а|е)|скільки|kim|nere(?:de|si)\p{L}*|ne zaman|hangi|kaç|neresidir|siapa|kapan|di mana|berapa|ποι[οαό]ς?|πού|πότε|πόσ\p{L}+|מי|איפה|מתי|כמה)(?![\p{L}])|(?<!\p{L})(?:من|متى|أين|كم|ما ه[يو])(?!\p{L})|कौन|कब|कहाँ|कितन|どこ|誰|だれ|いつ|何(?:年|人|個|時|月|曜|色|語)|いくつ|いくら|どの|何です|なんです|何でしょう|哪|谁|誰|什么时候|多少|几[个年月天次]|어디|누구|누가|언제|몇/iu;

/** Begins like a task, a wish or a question for advice, whatever question words come later. */
const asksElse = /^(?:please )?(?:write|explain|describe|tell|give|list|name|suggest|recommend|create|make|draft|compose|translate|summari[sz]e|how (?:do|can|should|to|does|would)|why|can|could|should|would|if|i|my|help|imagine)(?![\p{L}'’])/iu;

/** True for a short question whose answer is a name, a number, a place or a time. */
export const asksFact = rememberLast(({ question, asksText, asksCode, options }: RequestView): boolean => {
  if (question.length > longest || asksText || asksCode || options.length > 0) return false;
  return asksWhat.test(question) && !asksElse.test(question) && !/ (?:or|oder|ou|czy|или)(?= )/.test(question);
});
