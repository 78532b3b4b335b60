import { cleanup, configure, getConfig } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { rememberStyles } from './styles';

// On a machine that is busy with other things everything takes longer; what does not come at all still fails.
configure({ asyncUtilTimeout: 15_000 });

// A look that waits fails many times before it finds; the whole page is written into its message only when it is given up.
const inFull = getConfig().getElementError;
configure({
  getElementError: (message, container) => (getConfig() as { _disableExpensiveErrorDiagnostics?: boolean })._disableExpensiveErrorDiagnostics
    ? Object.assign(new Error(message ?? ''), { name: 'TestingLibraryElementError' }) : inFull(message, container),
});

// jsdom's files cannot be read in the newer way.
Blob.prototype.arrayBuffer ??= function arrayBuffer(this: Blob) {
  return new Promise<ArrayBuffer>((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as ArrayBuffer);
    reader.onerror = () => failed(new Error('not read'));
    reader.readAsArrayBuffer(this);
  });
};

rememberStyles();

beforeEach(() => {
  // jsdom has no media queries: a wide window, in light.
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: false, media: query, addEventListener: () => undefined, removeEventListener: () => undefined, addListener: () => undefined, removeListener: () => undefined, dispatchEvent: () => false, onchange: null }));
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
