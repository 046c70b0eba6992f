import { describe, expect, it } from 'vitest';
import { commands } from '../commands/table.ts';
import { ExitCode } from './exit-code.ts';
import { mayColour } from './io.ts';
import { testIo } from './io-doubles.ts';
import { main } from './main.ts';

describe('the command line', { timeout: 30_000 }, () => {
  it('helps, on standard output, and names every command', async () => {
    const io = testIo();
    expect(await main(['--help'], io)).toBe(ExitCode.ok);
    for (const { name, summary } of commands) expect(io.written.out).toMatch(new RegExp(`${name} .*${summary}`));
    expect(io.written.err).toBe('');
  });

  it.each(commands.map(({ name }) => name))('helps with %s, both ways', async (name) => {
    const asked = testIo();
    expect(await main([name, '--help'], asked)).toBe(ExitCode.ok);
    expect(asked.written.out).toMatch(new RegExp(`Usage: cascadeflow ${name}[^]*Options:`));
    const other = testIo();
    expect(await main(['help', name], other)).toBe(ExitCode.ok);
    expect(other.written.out).toBe(asked.written.out);
  });

  it('says its version', async () => {
    const io = testIo();
    expect(await main(['--version'], io)).toBe(ExitCode.ok);
    expect(io.written.out).toMatch(/^\d+\.\d+\.\d+/);
  });

  it.each([
    [[], /Usage/],
    [['rnu'], /unknown command 'rnu'[^]*Did you mean run/],
    [['run', '--modle', 'x'], /unknown option '--modle'[^]*Did you mean --model/],
    [['run', 'hi'], /--model is needed/],
    [['run', 'hi', '--model', 'gpt-4o-mini'], /--model: must be provider\/model/],
    [['run', 'hi', '--model', 'nobody/x'], /unknown provider nobody; known are openai/],
    [['run', 'hi', '--model', 'openai/gpt-4o-mini'], /OPENAI_API_KEY/],
    [['run', 'hi', 'there', '--model', 'a/b'], /too many arguments/],
    [['run', 'hi', '-m', 'a/b', '--quality', 'best'], /--quality <level>' argument 'best' is invalid/],
    [['run', 'hi', '-m', 'a/b', '--base-url', 'localhost:80'], /must be an http or https address/],
    [['run', 'hi', '-m', 'a/b', '-m', 'c/d', '--base-url', 'http://127.0.0.1:1'], /say whose address/],
    [['run', 'hi', '-m', 'a/b', '--base-url', 'http://127.0.0.1:1', '--schema', 'nowhere.json'], /--schema nowhere.json: ENOENT/],
    [['run', ' ', '-m', 'a/b', '--base-url', 'http://127.0.0.1:1'], /the prompt is empty/],
    [['run', 'hi', '-m', 'a/b', '--json', '--events'], /exclude each other/],
    [['demo', '--questions', '0'], /whole number from 1 up/],
    [['demo', '--simulated', '-m', 'a/b'], /exclude each other/],
    [['demo', '--base-url', 'http://127.0.0.1:1'], /--base-url needs --model/],
  ] as const)('refuses %j as wrong usage', async (argv, message) => {
    const io = testIo();
    expect(await main(argv, io)).toBe(ExitCode.usage);
    expect(io.written.err).toMatch(message);
    expect(io.written.out).toBe('');
  });
});

describe('colours', () => {
  it('are for terminals, unless the user says otherwise', () => {
    expect(mayColour({}, true)).toBe(true);
    expect(mayColour({}, false)).toBe(false);
    expect(mayColour({ NO_COLOR: '1' }, true)).toBe(false);
    expect(mayColour({ NO_COLOR: '' }, true)).toBe(true);
    expect(mayColour({ TERM: 'dumb' }, true)).toBe(false);
    expect(mayColour({ FORCE_COLOR: '1' }, false)).toBe(true);
  });
});
