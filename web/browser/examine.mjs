/** What is looked at on every page that a browser shows, whoever shows it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const AXE = readFileSync(fileURLToPath(new URL('../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');

/** What axe finds wrong with the page, whether it is wider than its window, steps that do not stand on one line, and a question whose buttons are out of sight: a line each, empty where all is well. */
export async function examine(page) {
  // Content security policies hold for injected scripts as well, so axe runs in the isolated world that evaluate has; a page that stays has it already.
  const script = await page.evaluate(() => 'axe' in window) ? '' : AXE;
  const found = await page.evaluate(`(() => { ${script};
    const why = node => (node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? '';
    return axe.run(document, { resultTypes: ['violations'] }).then(run => run.violations.map(one => 'axe ' + one.id + ': ' + one.nodes.slice(0, 3).map(node => node.target.join(' ') + ' ' + why(node)).join(' | ')));
  })()`);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const lines = await page.locator('ol[aria-label^="Steps"]').evaluateAll(lists => Math.max(0, ...lists.map(list => new Set([...list.children].map(step => Math.round(step.firstElementChild.getBoundingClientRect().top))).size)));
  const lost = await page.locator('.MuiDialogActions-root').evaluateAll(all => all.some(buttons => buttons.getBoundingClientRect().bottom > innerHeight));
  return [...found, ...(lost ? ['the buttons of a question are out of sight'] : []), ...(wider > 0 ? [`${wider} pixels wider than the window`] : []), ...(lines > 1 ? [`steps stand on ${lines} lines`] : [])];
}
