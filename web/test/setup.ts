import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';

// On a machine that is busy with other things everything takes longer; what does not come at all still fails.
configure({ asyncUtilTimeout: 15_000 });

// jsdom's files cannot be read in the newer way.
Blob.prototype.arrayBuffer ??= function arrayBuffer(this: Blob) {
  return new Promise<ArrayBuffer>((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as ArrayBuffer);
    reader.onerror = () => failed(new Error('not read'));
    reader.readAsArrayBuffer(this);
  });
};

// Each look for a role asks for the style of every element and of those around it, and jsdom works each one out anew from all rules. Until the document has changed they stay as they are.
const inside = Object.getOwnPropertySymbols(document).find(symbol => symbol.description === 'impl');
if (inside === undefined || !document.defaultView) throw new Error('This jsdom is built otherwise: its styles cannot be remembered. Take this out of test/setup.ts.');
const changes = (document as unknown as Record<symbol, { _version: number }>)[inside] as { _version: number };
const workOut = document.defaultView.getComputedStyle.bind(document.defaultView);
let remembered = new Map<Element, CSSStyleDeclaration>();
let asOf = -1;
document.defaultView.getComputedStyle = (element, pseudo) => {
  if (pseudo || element.ownerDocument !== document) return workOut(element, pseudo);
  if (changes._version !== asOf) {
    remembered = new Map();
    asOf = changes._version;
  }
  const known = remembered.get(element) ?? workOut(element);
  remembered.set(element, known);
  return known;
};

beforeEach(() => {
  // jsdom has no media queries: a wide window, in light.
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: false, media: query, addEventListener: () => undefined, removeEventListener: () => undefined, addListener: () => undefined, removeListener: () => undefined, dispatchEvent: () => false, onchange: null }));
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
