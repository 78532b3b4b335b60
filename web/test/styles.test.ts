import { describe, expect, it } from 'vitest';
import { waysOf } from './styles';

describe('the ways in which a selector is met', () => {
  it('are the name and the class of the element that it means, whatever stands around it', () => {
    for (const [selector, ways] of Object.entries({
      '.css-1abc-Root': [{ className: 'css-1abc-Root' }],
      'button': [{ name: 'button' }],
      '*': [{}],
      ':root': [{}],
      'div.css-1 > svg.css-2:hover::after': [{ name: 'svg', className: 'css-2' }],
      '.css-1.Mui-disabled .css-2:not(.Mui-error):focus': [{ className: 'css-2' }],
      '.css-1:not(:has(a, .b > c)), input[type="a,b )"]:disabled': [{ className: 'css-1' }, { name: 'input' }],
      'ul ul, .css-3+.css-4': [{ name: 'ul' }, { className: 'css-4' }],
      '.css-1:is(.a, .b)': [{ className: 'css-1' }],
    })) expect(waysOf(selector), selector).toEqual(ways);
  });

  it('are not told where it is written in a way that is not read here', () => {
    for (const selector of ['.css\\:1', 'svg|a', '.a:lang("x")', '.a:not(.b', '&.a']) expect(waysOf(selector), selector).toBeUndefined();
  });
});

it('a style is that of the page as it is now, by rules that mean the element', () => {
  const sheet = document.createElement('style');
  sheet.textContent = '.far .near:not(.not) { visibility: hidden } p, li.near { pointer-events: none }';
  document.head.append(sheet);
  const [outer, inner] = [document.createElement('div'), document.createElement('span')];
  outer.append(inner);
  document.body.append(outer);
  const seen = () => [getComputedStyle(inner).visibility, getComputedStyle(inner).pointerEvents];

  inner.className = 'near';
  expect(seen()).toEqual(['visible', 'auto']);
  outer.className = 'far';
  expect(seen()).toEqual(['hidden', 'auto']);
  inner.classList.add('not');
  expect(seen()).toEqual(['visible', 'auto']);
  const item = document.createElement('li');
  item.className = 'near';
  inner.replaceWith(item);
  expect([getComputedStyle(item).visibility, getComputedStyle(item).pointerEvents]).toEqual(['hidden', 'none']);
  sheet.remove();
  expect([getComputedStyle(item).visibility, getComputedStyle(item).pointerEvents]).toEqual(['visible', 'auto']);
  outer.remove();
});
