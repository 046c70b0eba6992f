/** How greetings and thanks begin. */
const opening =
  /^\W*(?:hi|hey|hello|thanks?|thank|good (?:morning|afternoon|evening|night)|bye|goodbye|hallo|guten|danke|tschüss|bonjour|salut|merci|hola|gracias|buen[oa]s|ciao|buongiorno|grazie|olá|oi|obrigad\p{L}|bom dia|привет|спасибо|здравствуй\p{L}*|merhaba|teşekkür|cześć|dzięki|hej|tack|hoi|dank|你好|谢谢|こんにちは|ありがとう|안녕|감사|مرحبا|شكرا|नमस्ते|धन्यवाद|xin chào|cảm ơn|halo|terima kasih|γεια|ευχαριστώ|ahoj|dobrý|привіт|дякую)(?!\p{L})/iu;

/** True for a greeting or thanks: talk is what they ask for. */
export function greets(text: string): boolean {
  return opening.test(text);
}
