import { waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { MockLicense } from '../../mock/license';
import { serverIs } from '../../test/against';
import './element';

afterEach(() => document.body.replaceChildren());

describe('the custom element', () => {
  it('shows the License page inside a shadow root, in a page that knows no React', async () => {
    const asked = serverIs(new MockLicense({ state: 'never-licensed' }));
    document.body.innerHTML = '<charter-license-page base="/licensing"></charter-license-page>';
    const root = document.querySelector('charter-license-page')!.shadowRoot!;
    await waitFor(() => expect(asked[0]?.path).toBe('/licensing'));
    expect(root.mode).toBe('open');
    expect(document.body.textContent).toBe('');
  });

  it('leaves nothing running when it is taken out of the page, and comes back when it is put in again', async () => {
    serverIs(new MockLicense({ state: 'suspended' }));
    document.body.innerHTML = '<charter-license-banner></charter-license-banner>';
    const element = document.querySelector('charter-license-banner')!;
    await waitFor(() => expect(element.shadowRoot!.textContent).toContain('suspended'));
    element.remove();
    expect(element.shadowRoot!.querySelector('[data-state]')).toBeNull();
    document.body.append(element);
    await waitFor(() => expect(element.shadowRoot!.textContent).toContain('suspended'));
  });
});
