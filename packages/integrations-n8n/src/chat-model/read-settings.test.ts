import { InvalidOptionsError } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { readSettings } from './read-settings.ts';

/** Settings of a node whose parameters are these; the others have the defaults that n8n hands over. */
function settingsOf(parameters: { readonly [name: string]: unknown } = {}) {
  return readSettings((name, fallback) => parameters[name] ?? fallback);
}

function pathOf(parameters: { readonly [name: string]: unknown }): string {
  try {
    settingsOf(parameters);
  } catch (error) {
    if (InvalidOptionsError.is(error)) return (error as InvalidOptionsError).path;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('settings of the chat model node', () => {
  it('has defaults that need no settings', () => {
    expect(settingsOf()).toEqual({
      quality: 'balanced', secondDrafter: false, secondOpinion: 'auto', domains: [], policies: {}, release: 'hold', speculation: 'sequential', prices: {},
    });
  });

  it('reads each parameter', () => {
    expect(settingsOf({ level: 'strict' }).quality).toBe('strict');
    expect(settingsOf({ level: 'probability', minProbability: 0.7 }).quality).toEqual({ minProbability: 0.7 });
    expect(settingsOf({ level: 'probability', minProbability: '0.7' }).quality).toEqual({ minProbability: 0.7 });
    expect(settingsOf({ secondDrafter: true, secondOpinion: 'always' })).toMatchObject({ secondDrafter: true, secondOpinion: 'always' });
    expect(settingsOf({ domainRouting: true, domains: ['code', 'legal'] }).domains).toEqual(['code', 'legal']);
    expect(settingsOf({ release: 'window' }).release).toBe('window');
    expect(settingsOf({ options: { speculation: 'hedged' } }).speculation).toBe('hedged');
    expect(settingsOf({ options: { budget: 0.5, deadlineMs: 2000 } })).toMatchObject({ budget: 0.5, deadlineMs: 2000 });
    expect(settingsOf({ options: { prices: { price: [{ model: 'verifier', input: 2, output: '8' }] } } }).prices).toEqual({ verifier: { input: 2, output: 8 } });
    const policy = [{ domain: 'medical', rule: 'direct', minProbability: 0.9 }, { domain: 'legal', rule: 'minProbability', minProbability: 0.99 }];
    expect(settingsOf({ policies: { policy } }).policies).toEqual({ medical: { direct: true }, legal: { minProbability: 0.99 } });
  });

  it('leaves out what is hidden by another setting', () => {
    expect(settingsOf({ level: 'economy', minProbability: 2 }).quality).toBe('economy');
    expect(settingsOf({ secondOpinion: 'always' }).secondOpinion).toBe('auto');
    expect(settingsOf({ domains: ['code'] }).domains).toEqual([]);
  });

  it('takes 0 for no limit, and an empty calibration for none', () => {
    const settings = settingsOf({ options: { budget: 0, deadlineMs: 0, calibration: ' ' } });
    expect(settings).not.toHaveProperty('budget');
    expect(settings).not.toHaveProperty('deadlineMs');
    expect(settings).not.toHaveProperty('calibration');
  });

  it('names the setting that is wrong', () => {
    expect(pathOf({ level: 'probability', minProbability: 2 })).toBe('Minimum Probability');
    expect(pathOf({ level: 'probability', minProbability: '' })).toBe('Minimum Probability');
    expect(pathOf({ domainRouting: true, domains: [] })).toBe('Domains');
    const medical = { domain: 'medical', rule: 'minProbability', minProbability: 95 };
    expect(pathOf({ policies: { policy: [medical] } })).toBe('Domain Policies: Minimum Probability for medical');
    expect(pathOf({ policies: { policy: [{ ...medical, rule: 'direct' }, { ...medical, rule: 'direct' }] } })).toBe('Domain Policies');
    expect(pathOf({ options: { budget: -1 } })).toBe('Budget per Execution');
    expect(pathOf({ options: { deadlineMs: 'soon' } })).toBe('Time Limit');
    expect(pathOf({ options: { prices: { price: [{ model: 'drafter', input: -1, output: 0 }] } } })).toBe('Input Price');
    expect(pathOf({ options: { calibration: '{ bad' } })).toBe('Calibration');
    expect(pathOf({ options: { calibration: '{ "some": "thing" }' } })).toBe('Calibration');
  });
});
