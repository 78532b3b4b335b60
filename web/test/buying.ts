import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, vi } from 'vitest';
import { leaving } from '../license-page/src/leaving';
import { forgetDrafts } from '../license-page/src/Wizard';
import { press } from './against';

/** Before each test nothing is begun and the browser stays; the addresses to which it would have been sent. */
export function leavingFor(): readonly string[] {
  const left: string[] = [];
  beforeEach(() => {
    forgetDrafts();
    left.length = 0;
    vi.spyOn(leaving, 'to').mockImplementation(address => { left.push(address); });
  });
  return left;
}

export const item = (name: string) => screen.findByRole<HTMLInputElement>('checkbox', { name });
export const sum = async () => (await screen.findByRole('status', { name: 'Sum' })).textContent;
export const order = async () => within(await screen.findByRole('region', { name: 'Your order' }));

export async function toTheItems() {
  await userEvent.click(await screen.findByLabelText(/I need to purchase a license/));
  await press('Next');
}

export async function buyer(name = 'ACME Water', email = 'water@acme.example') {
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }), name);
  await userEvent.type(screen.getByRole('textbox', { name: 'E-mail' }), email);
}

export async function choose(...names: string[]) {
  for (const name of names) await userEvent.click(await item(name));
  await press('Next');
}
