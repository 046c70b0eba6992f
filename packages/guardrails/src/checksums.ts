/** True when the digits of a text pass the check of payment cards (Luhn, ISO/IEC 7812-1) and begin as cards do. */
export function isLuhn(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '');
  if (!/^[2-6]/.test(digits) || /^(\d)\1*$/.test(digits)) return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** True when a text is an account number with the right check digits (IBAN, ISO 13616: remainder 1 by 97). */
export function isIban(text: string): boolean {
  const plain = text.replaceAll(' ', '');
  const turned = plain.slice(4) + plain.slice(0, 4);
  let remainder = 0;
  for (const character of turned) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
