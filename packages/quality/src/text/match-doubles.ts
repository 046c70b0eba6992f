const latin = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
/** Characters of a class, by what stands in its brackets. */
const classes = new Map<string, readonly string[]>();

/** Random texts that a pattern matches, for tests: read from its source, which may hold groups, classes and quantifiers, but no look-behind. */
export function sampleMatch(source: string, random: () => number): string {
  let at = 0;
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;

  function alternatives(): string {
    const options = [sequence()];
    while (source[at] === '|') {
      at++;
      options.push(sequence());
    }
    return pick(options);
  }

  function sequence(): string {
    let text = '';
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const start = at;
      let piece = atom();
      const end = at;
      const times = quantifier();
      if (times === 0) piece = '';
      for (let round = 1; round < times; round++) {
        const after = at;
        at = start;
        piece += atom();
        at = after;
      }
      if (times !== 1 && at === end) throw new Error('a quantifier takes room');
      text += piece;
    }
    return text;
  }

  function quantifier(): number {
    const found = /^(?:[?*+]|\{(\d+)(?:,(\d*))?\})\??/.exec(source.slice(at));
    if (!found) return 1;
    at += found[0].length;
    const least = found[1] === undefined ? (found[0][0] === '+' ? 1 : 0) : Number(found[1]);
    return Math.max(least, pick([least, least, Math.min(1, least + 1)]));
  }

  function atom(): string {
    const char = source[at++] as string;
    if (char === '(') return group();
    if (char === '[') return oneOf();
    if (char === '\\') return escaped(source[at++] as string);
    return char === '^' || char === '$' ? '' : char === '.' ? 'x' : char;
  }

  function group(): string {
    const isNegative = source.startsWith('?!', at);
    at += source.startsWith('?:', at) || isNegative || source.startsWith('?=', at) ? 2 : 0;
    const text = alternatives();
    at++;
    return isNegative ? '' : text;
  }

  function oneOf(): string {
    const from = at;
    for (; source[at] !== ']'; at++) if (source[at] === '\\') at++;
    const members = source.slice(from, at++);
    let fitting = classes.get(members);
    if (!fitting) {
      const pattern = new RegExp(`[${members}]`, 'u');
      fitting = latin.filter((char) => pattern.test(char));
      classes.set(members, fitting);
    }
    return fitting.length > 0 ? pick(fitting) : pick([...members]);
  }

  function escaped(char: string): string {
    if (char === 'u') return String.fromCharCode(Number.parseInt(source.slice(at, (at += 4)), 16));
    const plain: { readonly [name: string]: string } = { d: '7', w: 'k', s: ' ', S: 'k', b: '', t: '\t', n: '\n' };
    return plain[char] ?? char;
  }

  return alternatives();
}
