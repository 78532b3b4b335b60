import { inAddress } from '@charter/console-kit';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HashRouter } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MockConsole, type ConsoleScene } from '../../mock/console';
import { serverIs, show } from '../../test/against';
import { tellsWhatWasDone } from '../../test/audited';
import { App } from './App';

class NoStream {
  onmessage = null;
  onopen = null;
  onerror = null;
  close(): void {
    // Nothing is open.
  }
}

function visit(path: string, scene: ConsoleScene = { state: 'licensed' }) {
  window.location.hash = path;
  vi.stubGlobal('EventSource', NoStream);
  const mock = new MockConsole(scene);
  const asked = serverIs(mock);
  show(<HashRouter><App mode="system" onMode={() => undefined} /></HashRouter>);
  return { mock, asked };
}

beforeEach(() => {
  window.location.hash = '';
});

const MENU = ['Dashboard', 'Clients', 'Topics', 'Retained messages', 'Sparkplug', 'Publish and subscribe', 'MQTT credentials', 'Listeners and certificates', 'Bridges', 'License', 'Users', 'Audit', 'Logs', 'Doctor', 'System'];

describe('coming in', () => {
  it('the first visit asks for the setup token and makes the administrator', async () => {
    const { asked } = visit('/', { state: 'never-licensed', setupNeeded: true });
    await userEvent.type(await screen.findByLabelText('Setup token'), 'good-token');
    await userEvent.type(screen.getByLabelText('Password'), 'correct horse battery');
    await userEvent.type(screen.getByLabelText('Password, once more'), 'correct horse battery');
    await userEvent.click(screen.getByRole('button', { name: 'Set up' }));
    await screen.findByRole('navigation', { name: 'Menu' });
    expect(asked.find(one => one.path === '/api/setup')?.body).toEqual({ token: 'good-token', name: 'admin', password: 'correct horse battery' });
  });

  it('a wrong token is told in the words of the server', async () => {
    visit('/', { state: 'never-licensed', setupNeeded: true });
    await userEvent.type(await screen.findByLabelText('Setup token'), 'guessed');
    await userEvent.type(screen.getByLabelText('Password'), 'correct horse battery');
    await userEvent.type(screen.getByLabelText('Password, once more'), 'correct horse battery');
    await userEvent.click(screen.getByRole('button', { name: 'Set up' }));
    expect(await screen.findByText(/That is not the setup token of this start/)).toBeDefined();
  });

  it('who is not logged in sees the login and nothing else', async () => {
    const { asked } = visit('/clients', { state: 'licensed', entered: false });
    expect(await screen.findByRole('button', { name: 'Log in' })).toBeDefined();
    expect(asked.map(one => one.path)).toEqual(['/api/session']);
  });

  it('after the login the page that was asked for is shown', async () => {
    visit('/clients', { state: 'licensed', entered: false });
    await userEvent.type(await screen.findByLabelText('Name'), 'admin');
    await userEvent.type(screen.getByLabelText('Password'), 'correct horse');
    await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Clients' })).toBeDefined();
  });
});

describe('the menu', () => {
  it('has every page, in this order', async () => {
    visit('/bridges');
    const menu = await screen.findByRole('navigation', { name: 'Menu' });
    expect(within(menu).getAllByRole('link').map(link => link.textContent)).toEqual(MENU);
  });

  it('leads to an audit log that tells in words what was done, to what, and what came of it', async () => {
    visit('/audit');
    const rows = within(await screen.findByRole('table', { name: 'Audit log' })).getAllByRole('row').map(row => row.textContent);
    expect(rows).toContainEqual(expect.stringMatching(/admin.*Changed MQTT credentials \(line-1\).*done/));
    expect(rows).toContainEqual(expect.stringMatching(/Nobody logged in.*Login.*refused \(403\)/));
  });

  it('keeps users and audit from who is no administrator', async () => {
    visit('/bridges', { state: 'licensed', role: 'operator' });
    const menu = await screen.findByRole('navigation', { name: 'Menu' });
    expect(within(menu).getAllByRole('link').map(link => link.textContent)).toEqual(MENU.filter(name => name !== 'Users' && name !== 'Audit'));
  });
});

describe('the audit log', () => {
  tellsWhatWasDone(() => visit('/audit').mock, 'mqtt-server/src/main/resources/openapi.json', 'license-spring-boot-starter/src/main/resources/META-INF/charter/license-openapi.json');
});

describe('the license in the console', () => {
  it('its headline stands above every other page unless all is well', async () => {
    visit('/bridges', { state: 'grace' });
    expect(await screen.findByText(/Data still flows until/)).toBeDefined();
  });

  it('it has a page of its own, where a viewer changes nothing', async () => {
    visit('/license', { state: 'licensed', role: 'viewer' });
    expect(await screen.findByRole('heading', { level: 1, name: 'Licensed to ACME Water' })).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Deactivate' })).toBeNull();
  });
});

describe('clients', () => {
  it('are searched, filtered, sorted and paged by the server', async () => {
    const { asked } = visit('/clients', { state: 'licensed', amount: 'many' });
    await screen.findByText('1 to 50 of 10,000');
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    await screen.findByText('51 to 100 of 10,000');
    expect(asked.at(-1)?.query.get('after')).toBe('50');
    await userEvent.click(screen.getByRole('button', { name: 'Subscriptions' }));
    await waitFor(() => expect(asked.at(-1)?.query.get('sort')).toBe('subscriptions'));
    expect(asked.at(-1)?.query.get('after'), 'another order begins at its first page').toBeNull();
    await userEvent.type(screen.getByLabelText('Client ID, user or address'), 'line-77-');
    await screen.findByText('1 to 1 of 1');
    expect(asked.at(-1)?.query.get('search')).toBe('line-77-');
  });

  it('of which there are none say how one comes', async () => {
    visit('/clients', { state: 'licensed', amount: 'nothing' });
    expect(await screen.findByText('No client has come yet')).toBeDefined();
  });

  it('that are away are deleted only after it was said what is lost', async () => {
    const { asked } = visit('/clients');
    await userEvent.click(await screen.findByRole('button', { name: 'Delete those that are away' }));
    expect(await screen.findByText(/Lost are their sessions/)).toBeDefined();
    expect(asked.some(one => one.method === 'POST')).toBe(false);
    await userEvent.click(await screen.findByRole('button', { name: /^Delete \d clients?$/ }));
    expect(await screen.findByText('3 clients deleted')).toBeDefined();
  });

  it('with any characters in their names come through an address', () => {
    expect(inAddress('a/b+ü%')).toBe('YS9iK8O8JQ');
    expect(inAddress('a/b+ü%')).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  it('are not touched by a viewer', async () => {
    visit('/clients', { state: 'licensed', role: 'viewer' });
    await screen.findByText('1 to 7 of 7');
    expect(screen.queryByRole('button', { name: /Delete/ })).toBeNull();
  });
});

it('bridges say plainly that there is none yet', async () => {
  visit('/bridges');
  expect(await screen.findByText(/The IoT Bridge for Snowflake comes with a later release/)).toBeDefined();
});

it('MQTT credentials are sent with their rules, and passwords go one way only', async () => {
  const { asked } = visit('/credentials');
  await userEvent.click((await screen.findAllByRole('button', { name: 'Add MQTT credentials' }))[0]!);
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.type(dialog.getByLabelText('User name'), 'pump');
  await userEvent.type(dialog.getByLabelText('Password'), 'quite a long one');
  await userEvent.clear(dialog.getByLabelText('Topic filter'));
  await userEvent.type(dialog.getByLabelText('Topic filter'), 'plant/%u/#');
  await userEvent.click(dialog.getByRole('button', { name: 'Add the credentials' }));
  await waitFor(() => expect(asked.find(one => one.method === 'POST')?.body).toEqual({ name: 'pump', enabled: true, password: 'quite a long one', rules: [{ action: 'both', allow: true, filter: 'plant/%u/#' }] }));
});

it('listeners are changed all at once, and those that need a certificate get none without', async () => {
  const { asked } = visit('/listeners', { state: 'licensed', webSocket: false });
  await userEvent.click(await screen.findByRole('button', { name: 'Add a listener' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.type(dialog.getByLabelText('Name'), 'browser');
  await userEvent.click(dialog.getByRole('button', { name: 'Add the listener' }));
  await waitFor(() => expect(asked.some(one => one.method === 'PUT')).toBe(true));
  expect(asked.find(one => one.method === 'PUT')?.body).toEqual({ items: [
    { name: 'tcp', kind: 'tcp', address: '127.0.0.1', port: 1883, enabled: true }, { name: 'tls', kind: 'tls', address: '0.0.0.0', port: 8883, enabled: true, certificate: 'plant' },
    { name: 'wss', kind: 'wss', address: '0.0.0.0', port: 8884, enabled: false, certificate: 'plant' }, { name: 'browser', kind: 'ws', address: '127.0.0.1', port: 8000, enabled: true },
  ] });
});

it('the doctor shows the worst first, with what to do', async () => {
  visit('/doctor');
  await screen.findByText('Vendor reached');
  const titles = screen.getAllByRole('listitem').map(item => item.textContent).filter(text => /Bad|Look at this|Good/.test(text ?? ''));
  expect(titles[0]).toContain('Vendor reached');
  expect(titles[1]).toContain('Certificates');
  expect(screen.getByText(/Check the network and CHARTER_MQTT_PROXY/)).toBeDefined();
});

it('without a WebSocket listener the built-in client says what it needs', async () => {
  visit('/try', { state: 'licensed', webSocket: false });
  expect(await screen.findByText('No WebSocket listener is open')).toBeDefined();
});

it('a retained message is deleted under its whole name', async () => {
  const { asked } = visit('/retained');
  await userEvent.click(await screen.findByRole('button', { name: 'Delete the message of plant/line-1/state' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Delete the message' }));
  await waitFor(() => expect(asked.some(one => one.method === 'DELETE' && one.path === `/api/retained/${inAddress('plant/line-1/state')}`)).toBe(true));
});

it('whatever a client calls itself is shown as text', async () => {
  window.location.hash = '/clients';
  const mock = new MockConsole({ state: 'licensed' });
  serverIs({
    handle: (method, path, body, query) => (path === '/api/clients'
      ? { status: 200, body: { items: [{ clientId: '<img src=x onerror=alert(1)>', connected: true, username: '"><script>alert(1)</script>', keepAlive: 0, cleanStart: true, sessionExpirySeconds: 0, subscriptions: 0, queued: 0 }], total: 1 } }
      : mock.handle(method, path, body, query)),
  });
  const { container } = show(<HashRouter><App mode="system" onMode={() => undefined} /></HashRouter>);
  expect(await screen.findByText('<img src=x onerror=alert(1)>')).toBeDefined();
  expect(container.querySelector('img, script')).toBeNull();
});
