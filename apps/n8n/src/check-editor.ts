import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { Checks } from '@cascadeflow/real/checks';
import type { Locator } from 'playwright-core';
import { type Editor, part } from './editor.ts';
import { exampleWorkflows } from './host.ts';
import { drafter, script, verifier } from './world.ts';

const cascade = 'CascadeFlow Chat Model';

/** Settings that a panel shows, by operation. The options below them are a list of their own. */
const ordinaryPanels = {
  'Ask a cascade': ['operation', 'connection', 'cascade', 'input', 'prompt', 'level'],
  'Classify a prompt': ['operation', 'question'],
  'Judge an answer': ['operation', 'question', 'answer', 'model', 'level'],
  'Report savings': ['operation'],
};

/** Looks at the nodes as who builds a workflow does. Expects the example workflows in the database. */
export async function checkEditor(checks: Checks, editor: Editor): Promise<void> {
  const { page, open, openPanel, closePanel, shoot, node } = editor;
  const look = (name: string, body: () => Promise<string | void>) =>
    checks.check(`editor: ${name}`, async () => {
      try {
        return await body();
      } catch (error) {
        await shoot(`failed ${name}`).catch(() => undefined);
        throw error;
      }
    });

  await look("the examples' nodes lie beside each other", async () => {
    for (const { id, nodes } of exampleWorkflows()) {
      await open(id);
      await shoot(`0 ${id}`);
      const boxes = page.locator('[data-canvas-node-render-type="default"]');
      equal(await boxes.count(), nodes.filter(({ type }) => !type.endsWith('.stickyNote')).length);
      deepEqual(await overlaps(boxes), [], id);
    }
  });

  await look('the chat model node shows its settings', async () => {
    await open('cfChat');
    await shoot('1 chat');
    const panel = await openPanel(cascade);
    deepEqual(await settingsOf(panel), ['level', 'secondDrafter', 'domainRouting', 'release', 'budget']);
    for (const heading of ['Accept Drafts', 'Second Drafter', 'Domain Models', 'Domain Policies', 'Streaming', 'Options']) ok(await panel.getByText(heading, { exact: true }).first().isVisible(), `no ${heading}`);
    await shoot('2 chat model panel');
    await closePanel();
  });

  await look('inputs appear and disappear with the settings', async () => {
    const ports = () => node(cascade).locator(part('canvas-node-input-handle')).allInnerTexts();
    const turn = async (setting: string) => {
      const panel = await openPanel(cascade);
      await panel.locator(part(`parameter-input-${setting}`)).click();
      await shoot(`3 panel with ${setting} turned`);
      await closePanel();
    };
    deepEqual(await ports(), ['Drafter', 'Verifier']);
    await turn('secondDrafter');
    deepEqual(await ports(), ['Drafter', 'Verifier', 'Second']);
    await turn('domainRouting');
    deepEqual(await ports(), ['Drafter', 'Verifier', 'Second', 'Code']);
    await choose(await openPanel(cascade), 'domains', 'Legal');
    await closePanel();
    deepEqual(await ports(), ['Drafter', 'Verifier', 'Second', 'Code', 'Legal']);
    await shoot('4 inputs');
    const shared = await overlaps(node(cascade).locator(`${part('canvas-node-input-handle')} [class*="_label_"]`));
    deepEqual(shared, [], 'labels of inputs lie over each other');
    await turn('domainRouting');
    deepEqual(await ports(), ['Drafter', 'Verifier', 'Second']);
    await turn('secondDrafter');
    deepEqual(await ports(), ['Drafter', 'Verifier']);
  });

  await look('an execution shows the decision', async () => {
    await page.locator(part('execute-workflow-button')).click();
    await node(cascade).locator(part('canvas-node-status-success')).waitFor();
    await shoot('5 executed');
    const panel = await openPanel(cascade);
    const output = panel.locator(part('output-panel'));
    await output.getByText('modelUsed').first().waitFor();
    const shown = await output.innerText();
    await shoot('6 escalation');
    for (const field of [/draftAccepted\s*:\s*false/, new RegExp(`modelUsed\\s*:\\s*${verifier}`), new RegExp(`model\\s*:\\s*${drafter}`), /cost\s*:\s*0\.\d+/, /totalTokens\s*:\s*\d+/]) match(shown, field);
    ok(shown.includes(script.proofAnswer.slice(0, 40)));
    await output.locator(part('run-selector')).click();
    await page.locator('.el-select-dropdown__item:visible', { hasText: '1 of 2' }).click();
    await output.getByText(script.capitalAnswer).first().waitFor();
    const accepted = await output.innerText();
    for (const field of [/draftAccepted\s*:\s*true/, /probability\s*:\s*0\.\d+/, /threshold\s*:\s*0\.\d+/, /savedPercent\s*:\s*\d+/]) match(accepted, field);
    await shoot('7 accepted draft');
    await closePanel();
    return (/reason\s*:\s*[^\n]*/.exec(shown) ?? [''])[0];
  });

  await look('both nodes are found by search', async () => {
    await open('cfReport');
    const creator = await search(editor, 'cascade');
    const found = await creator.locator(part('node-creator-item-name')).allInnerTexts();
    deepEqual(found.map((name) => name.trim()).toSorted(), ['CascadeFlow', cascade]);
    await shoot('8 search');
    for (const word of ['savings', 'judge']) deepEqual((await (await search(editor, word)).locator(part('node-creator-item-name')).allInnerTexts()).map((name) => name.trim())[0], 'CascadeFlow', word);
    await page.keyboard.press('Escape');
    return found.join(', ');
  });

  for (const [action, settings] of Object.entries(ordinaryPanels)) {
    await look(`"${action}" is added and shows its settings`, async () => {
      await open('cfReport');
      const creator = await search(editor, 'cascade');
      await creator.getByText('CascadeFlow', { exact: true }).click();
      await creator.getByText(action, { exact: true }).click();
      const panel = page.locator(part('ndv'));
      await panel.locator(part('node-parameters')).waitFor();
      await shoot(`9 ${action}`);
      deepEqual(await settingsOf(panel), settings);
    });
  }

  await look('another connection brings its own credential and settings', async () => {
    await open('cfReport');
    const panel = await openPanel('Ask');
    const credential = () => panel.locator(part('credentials-label')).allInnerTexts();
    deepEqual(await credential(), ['Credential for CascadeFlow Gateway API']);
    await panel.locator(part('parameter-input-connection')).click();
    await page.locator('.el-select-dropdown__item:visible', { hasText: 'Endpoint' }).click();
    await panel.locator(part('parameter-input-drafter')).waitFor();
    await shoot('10 endpoint');
    deepEqual((await settingsOf(panel)).slice(0, 7), ['operation', 'connection', 'drafter', 'verifier', 'input', 'prompt', 'level']);
    deepEqual(await credential(), ['Credential for CascadeFlow OpenAI-Compatible API']);
  });

  await look('the browser has nothing to complain of', async () => equal(editor.problems.join('\n'), ''));
}

/** Names of the settings a panel shows, from top to bottom. */
function settingsOf(panel: Locator): Promise<string[]> {
  return panel.locator(`${part('node-parameters')} [data-test-id^="parameter-input-"]:visible`).evaluateAll((inputs) =>
    inputs.map((input) => (input.getAttribute('data-test-id') ?? '').slice('parameter-input-'.length)).filter((name) => !['field', 'item', 'notes', 'notesInFlow'].includes(name)),
  );
}

/** Adds a value to a setting that takes several. */
async function choose(panel: Locator, setting: string, value: string): Promise<void> {
  await panel.locator(part(`parameter-input-${setting}`)).click();
  await panel.page().locator('.el-select-dropdown__item:visible', { hasText: value }).click();
  await panel.getByText('Accept Drafts', { exact: true }).click();
}

/** Opens the list of nodes where it is closed, and types. */
async function search({ page }: Editor, text: string): Promise<Locator> {
  const creator = page.locator(part('node-creator'));
  if (!(await creator.isVisible())) await page.locator(part('node-creator-plus-button')).click();
  await creator.locator(part('node-creator-search-bar')).fill(text);
  await creator.locator(part('node-creator-item-name'), { hasText: 'CascadeFlow' }).first().waitFor();
  return creator;
}

/** Pairs whose boxes share more than a pixel. */
async function overlaps(elements: Locator): Promise<string[]> {
  const boxes = await elements.evaluateAll((all) => all.map((element) => ({ text: (element.textContent ?? '').trim(), ...(element.getBoundingClientRect().toJSON() as DOMRect) })));
  return boxes.flatMap((one, index) =>
    boxes.slice(index + 1).filter((other) => one.right > other.left + 1 && other.right > one.left + 1 && one.bottom > other.top + 1 && other.bottom > one.top + 1).map((other) => `${one.text} and ${other.text}`),
  );
}
