/** Records in a row that were no use as a template, after which none is tried: some servers pad every record anew. Chosen by hand. */
const mostMisses = 4;

const field = '"content"';

/** What a JSON string may not hold as it is; such texts are left to the parser. */
const special = /["\\\u0000-\u001f]/;

/**
 * Reads records that differ from the one before in their text alone, as nearly all of a stream do, without parsing them.
 *
 * A record is read so when it begins and ends like one that was parsed, up to the quotes around its text, and nothing between them could end a
 * string: it is then the same record with another text.
 */
export class TextTemplate {
  #head = '';
  #tail = '';
  #misses = 0;

  /** The text of a record like the one that was learned; undefined where it must be parsed. */
  read(record: string): string | undefined {
    const start = this.#head.length;
    const end = record.length - this.#tail.length;
    // Slices are compared in whole words, which `startsWith` is not.
    if (start === 0 || end < start || record.slice(0, start) !== this.#head || record.slice(end) !== this.#tail) return undefined;
    const text = record.slice(start, end);
    if (special.test(text)) return undefined;
    this.#misses = 0;
    return text;
  }

  /** Takes a record that was found to say this text, and nothing else, as the template of those to come. */
  learn(record: string, text: string): void {
    if (this.#misses === mostMisses || special.test(text)) return;
    this.#misses++;
    const at = record.indexOf(field);
    // Only where there is no doubt which of its strings the text is.
    if (at === -1 || record.indexOf(field, at + 1) !== -1) return;
    const [before] = /^\s*:\s*"/.exec(record.slice(at + field.length, at + field.length + 8)) ?? [];
    const start = at + field.length + (before?.length ?? 0);
    if (before === undefined || !record.startsWith(`${text}"`, start)) return;
    this.#head = record.slice(0, start);
    this.#tail = record.slice(start + text.length);
  }
}
