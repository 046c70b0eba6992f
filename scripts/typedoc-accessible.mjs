import { PageEvent } from 'typedoc';

const SUMMARY = /<summary\b[\s\S]*?<\/summary>/g;
const LINK = /<a\b[^>]*>([\s\S]*?)<\/a>/g;
/** What an anchor icon is made of; without its link it says nothing. */
const ICON = /<svg\b[^>]*>\s*<use href="[^"]*#icon-anchor"\s*\/?>(?:<\/use>)?\s*<\/svg>/g;

/**
 * TypeDoc plugin: what the keyboard and screen readers need and the theme lacks. Headings that open and close hold no link inside, and what
 * scrolls sideways can be reached.
 */
export function load(app) {
  app.renderer.on(PageEvent.END, (page) => {
    page.contents = page.contents
      ?.replaceAll(SUMMARY, (summary) => summary.replaceAll(LINK, '$1').replaceAll(ICON, ''))
      .replaceAll('<table>', '<table tabindex="0">')
      .replaceAll('<pre>', '<pre tabindex="0">');
  });
}
